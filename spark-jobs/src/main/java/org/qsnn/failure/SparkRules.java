package org.qsnn.failure;

import static org.qsnn.failure.FailureRule.isA;
import static org.qsnn.failure.FailureRule.isThrownIn;
import static org.qsnn.failure.FailureRule.says;
import static org.qsnn.failure.FailureRule.setup;

import java.net.BindException;
import java.util.List;
import java.util.Locale;
import org.qsnn.distributed.ExecutorDeath;
import org.qsnn.distributed.RunningJobs;

/** What Spark refuses, and what becomes of jobs on a cluster. */
final class SparkRules {
  private static final String MASTERS =
      "; must be local[*], local[N], spark://HOST:PORT, yarn or k8s://https://HOST:PORT";

  static final List<FailureRule> RULES =
      List.of(
          setup(says(RunningJobs.CANCELLED), RunningJobs::whyCancelled),
          setup(
              says("INVALID_DRIVER_MEMORY"),
              "--driver-memory: too little for Spark itself ({}); give 2g or more, qsnn doctor CONF"
                  + " says how much a training takes"),
          setup(
              says("INVALID_EXECUTOR_MEMORY"),
              "--executor-memory: too little for Spark itself ({}); give 1g or more, qsnn doctor"
                  + " CONF says how much a training takes"),
          setup(
              says("Asked to run locally with 0 threads"),
              "--master: must be local[1] or more, or local[*] for every core; found local[0], which has"
                  + " no thread to compute with"),
          setup(
              says(
                  "Could not parse Master URL",
                  "Invalid master URL",
                  "Master must either be",
                  "A master URL must be set"),
              "--master: {}" + MASTERS),
          setup(
              says("Could not load", "copy of Spark may not have been compiled with"),
              "--master: {}; SPARK_HOME names a Spark that has them"),
          setup(
              says("HADOOP_CONF_DIR or YARN_CONF_DIR"),
              "--master yarn: set HADOOP_CONF_DIR to the folder with the cluster's yarn-site.xml"),
          setup(
              says("unresolved dependency", "Maven Coordinates must be"),
              "--packages: {}; must be GROUP:ARTIFACT:VERSION from a reachable repository (--repositories names others)"),
          setup(
              says("number of cpus per task", "spark.task.cpus"),
              "spark.task.cpus: {}; leave it out, or give executors at least as many cores (--executor-cores)"),
          setup(
              says("secret key must be specified"),
              "spark.authenticate=true needs a secret, and there is none; give that of the cluster with"
                  + " --conf spark.authenticate.secret=…, or leave spark.authenticate out"),
          setup(
              isA(BindException.class).and(says("Cannot assign requested address")),
              "SPARK_LOCAL_IP or spark.driver.bindAddress: must be an address of this machine: {}"),
          setup(
              isA(BindException.class).or(says("startPort should be between")),
              "a port cannot be taken: {}; leave spark.ui.port and spark.driver.port out, or name"
                  + " free ones"),
          setup(
              says("spark.driver.maxResultSize", "TaskResultLost"),
              "a step's gradients did not reach the driver: {}; leave spark.driver.maxResultSize out,"
                  + " qsnn needs no limit"),
          setup(
              says("Class is not registered", "KryoException"),
              "spark.kryo.registrationRequired: {}; leave it out, qsnn registers nothing with Kryo"),
          setup(
              e -> ExecutorDeath.toldBy(String.valueOf(e.getMessage())).isPresent(),
              SparkRules::lostExecutor),
          setup(
              says("ExecutorLostFailure", "executor lost", "FetchFailed", "heartbeat"),
              "executors were lost more often than Spark retries: {}; see their logs on the"
                  + " cluster's web page"),
          setup(
              says("LiveListenerBus is stopped"),
              "--master: what listens at its address accepted no application within a minute, or no executor could start ({}); check that it is a Master of Spark 4, and see its web page and the executors' logs"),
          setup(
              says("All masters are unresponsive", "Master removed our application"),
              "the cluster ended this application: {}; see the Master's web page"),
          setup(
              isThrownIn("SparkSubmitArguments.").or(isThrownIn("SparkSubmit.prepareSubmit")),
              "Spark refuses its options: {}; see the command line and spark-defaults.conf"),
          setup(
              says("is not serializable", "NotSerializableException")
                  .and(isThrownIn("org.apache.spark.serializer.JavaSerializ").negate()),
              "spark.serializer: {}; leave it out"));

  private SparkRules() {}

  private static String lostExecutor(Throwable e) {
    ExecutorDeath death = ExecutorDeath.toldBy(e.getMessage()).orElseThrow();
    return String.format(
        Locale.ROOT,
        "an executor is lost (%s): %s; %s; qsnn doctor CONF says how much a training takes",
        FailureRule.found(e),
        death.cause(),
        death.cure());
  }
}
