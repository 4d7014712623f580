/**
 * Data sets in one form: Parquet files of (id, label, payload) and a manifest that names and hashes
 * them ({@code spark-jobs/DATASET.md}); made from a raw source, and read as shards. May import
 * core-math, {@code dataset, json, storage} and Spark. Read {@link org.qsnn.prepared.Preparation}
 * first, then {@link org.qsnn.prepared.ShardedSamples}.
 */
package org.qsnn.prepared;
