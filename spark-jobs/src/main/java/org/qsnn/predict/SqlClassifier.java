package org.qsnn.predict;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.StructType;
import org.qsnn.DataException;
import org.qsnn.classify.Classifier;
import org.qsnn.classify.Prediction;

/**
 * A classifier as a function of Spark SQL, from the bytes of a file to a structure:
 *
 * <pre>
 *   SqlClassifier.register(spark, "classify", classifier);
 *   spark.sql("SELECT path, classify(content).class_name FROM binaryFile.`pictures`");
 * </pre>
 *
 * <p>It has the fields {@code class INT, class_name STRING, score FLOAT, scores ARRAY<FLOAT>,
 * decided_after INT}. Of null, and of what the model cannot be asked about, it makes null.
 */
public final class SqlClassifier {
  private static final StructType TYPE =
      StructType.fromDDL(
          "class INT, class_name STRING, score FLOAT, scores ARRAY<FLOAT>, decided_after INT");

  private SqlClassifier() {}

  /**
   * @param function its name, for this session
   */
  public static void register(SparkSession spark, String function, Classifier classifier) {
    Broadcast<Classifier> shared =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(classifier);
    spark.udf().register(function, new Classify(shared), TYPE);
  }

  private static final class Classify implements UDF1<byte[], Row> {
    private static final long serialVersionUID = 1L;

    private final Broadcast<Classifier> classifier;

    Classify(Broadcast<Classifier> classifier) {
      this.classifier = classifier;
    }

    @Override
    public Row call(byte[] file) {
      if (file == null) {
        return null;
      }
      try {
        return row(classifier.value().classify(file));
      } catch (DataException e) {
        return null;
      }
    }

    private static Row row(Prediction prediction) {
      return RowFactory.create(
          prediction.index(),
          prediction.name(),
          prediction.score(),
          prediction.scores().toArray(Float[]::new),
          prediction.decidedAfter());
    }
  }
}
