/**
 * Data sets in one form: Parquet files of (id, label, payload) and a manifest that names and hashes
 * them ({@code spark-jobs/DATASET.md}); made from official files, archives or rendered images, and
 * read as shards. May import {@code org.qsnn.storage}, {@code org.qsnn.dataset} and Spark SQL. Read
 * {@link org.qsnn.data.Preparation} first, then {@link org.qsnn.data.ShardedSamples}.
 */
package org.qsnn.data;
