package org.qsnn.prepared;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.api.java.function.PairFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.qsnn.DataException;
import org.qsnn.sample.Samples;
import scala.Tuple2;

/** What runs on executors to bring rows into shards. */
final class ShardTasks {
  private ShardTasks() {}

  /** One row on its way to its shard. */
  private static final class Sample implements Serializable {
    private static final long serialVersionUID = 1L;

    private final long id;
    private final int label;
    private final byte[] payload;

    Sample(Row row) {
      id = row.getLong(0);
      label = row.getInt(1);
      payload = row.getAs(2);
    }
  }

  /** Keeps the rows whose id is in the list. */
  static final class IsListed implements Function<Row, Boolean> {
    private static final long serialVersionUID = 1L;

    private final Broadcast<long[]> ids;

    IsListed(Broadcast<long[]> ids) {
      this.ids = ids;
    }

    @Override
    public Boolean call(Row row) {
      return Arrays.binarySearch(ids.value(), row.getLong(0)) >= 0;
    }
  }

  /** Tells the shard of a row whose id is in the list. */
  static final class Assign implements PairFunction<Row, Integer, Sample> {
    private static final long serialVersionUID = 1L;

    private final Broadcast<long[]> ids;
    private final int shards;

    Assign(Broadcast<long[]> ids, int shards) {
      this.ids = ids;
      this.shards = shards;
    }

    @Override
    public Tuple2<Integer, Sample> call(Row row) {
      int rank = Arrays.binarySearch(ids.value(), row.getLong(0));
      return new Tuple2<>(rank % shards, new Sample(row));
    }
  }

  /** Puts a shard's samples in the order of their ids. */
  static final class Assemble
      implements Function2<Integer, Iterator<Tuple2<Integer, Sample>>, Iterator<Samples>> {
    private static final long serialVersionUID = 1L;

    private final Broadcast<long[]> ids;
    private final int shards;
    private final String dataset;

    Assemble(Broadcast<long[]> ids, int shards, String dataset) {
      this.ids = ids;
      this.shards = shards;
      this.dataset = dataset;
    }

    @Override
    public Iterator<Samples> call(Integer shard, Iterator<Tuple2<Integer, Sample>> assigned) {
      List<Sample> samples = new ArrayList<>();
      assigned.forEachRemaining(pair -> samples.add(pair._2()));
      samples.sort(Comparator.comparingLong(sample -> sample.id));
      requireAll(shard, samples);
      return List.of(
              new Samples(
                  samples.stream().mapToLong(sample -> sample.id).toArray(),
                  samples.stream().mapToInt(sample -> sample.label).toArray(),
                  samples.stream().map(sample -> sample.payload).toArray(byte[][]::new)))
          .iterator();
    }

    private void requireAll(int shard, List<Sample> samples) {
      long[] wanted = ids.value();
      int expected = Math.max(0, (wanted.length - shard + shards - 1) / shards);
      for (int i = 0; i < Math.max(expected, samples.size()); i++) {
        long id = i < expected ? wanted[shard + i * shards] : -1;
        long found = i < samples.size() ? samples.get(i).id : -1;
        if (id != found) {
          throw new DataException(
              String.format(
                  Locale.ROOT,
                  "%s: shard %d of %d: expected %d samples, found %d;"
                      + " the first difference: expected id %d, found %d",
                  dataset,
                  shard,
                  shards,
                  expected,
                  samples.size(),
                  id,
                  found));
        }
      }
    }
  }
}
