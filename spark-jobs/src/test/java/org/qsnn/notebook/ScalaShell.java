package org.qsnn.notebook;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import scala.Console;
import scala.jdk.javaapi.CollectionConverters;
import scala.tools.nsc.Settings;
import scala.tools.nsc.interpreter.IMain;
import scala.tools.nsc.interpreter.Results;
import scala.tools.nsc.interpreter.shell.ReplReporterImpl;

/**
 * Scala code as Spark's shell and Zeppelin run it: the same interpreter with the same option, the
 * names that are there without being declared, and the imports that Zeppelin makes. Executors do
 * not get the classes of this shell, so code that sends a function of its own to them fails.
 */
final class ScalaShell implements AutoCloseable {
  private static final String START =
      """
      @transient val sc = spark.sparkContext
      @transient val sqlContext = spark.sqlContext
      import org.apache.spark.SparkContext._
      import spark.implicits._
      import spark.sql
      import org.apache.spark.sql.functions._
      """;

  private final StringWriter echo = new StringWriter();
  private final IMain main;

  /**
   * What code left.
   *
   * @param printed by the code itself
   * @param echo of the shell: values that were defined, or errors
   */
  record Answer(boolean isSuccess, String printed, String echo) {}

  ScalaShell(SparkSession spark, Object z) {
    Settings settings = new Settings();
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> options = List.of("-Yrepl-class-based", "-classpath", classPath);
    settings.processArguments(CollectionConverters.asScala(options).toList(), true);
    main = new IMain(settings, new ReplReporterImpl(settings, new PrintWriter(echo, true)));
    bind("spark", "org.apache.spark.sql.SparkSession", spark);
    bind("z", z.getClass().getName(), z);
    require(run(START));
  }

  private void bind(String name, String type, Object value) {
    main.bind(name, type, value, CollectionConverters.asScala(List.of("@transient")).toList());
  }

  private static void require(Answer answer) {
    if (!answer.isSuccess()) {
      throw new AssertionError(answer.echo());
    }
  }

  Answer run(String code) {
    echo.getBuffer().setLength(0);
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    Results.Result result = Console.withOut(out, () -> main.interpret(code));
    return new Answer(
        result.toString().equals("Success"),
        printed.toString(StandardCharsets.UTF_8),
        echo.toString());
  }

  @Override
  public void close() {
    main.close();
  }
}
