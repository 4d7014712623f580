/**
 * Data sets in one form: Parquet files of (id, label, payload) and a manifest that names and hashes
 * them ({@code spark-jobs/DATASET.md}); made from a raw source, and read as shards. May import
 * core-math, {@code source}, {@code storage} and Spark. Read {@link org.qsnn.data.Preparation}
 * first, then {@link org.qsnn.data.ShardedSamples}.
 */
package org.qsnn.data;
