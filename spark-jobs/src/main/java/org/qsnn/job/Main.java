package org.qsnn.job;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import org.qsnn.ControlCharacters;
import org.qsnn.storage.ProcessUser;
import org.qsnn.tensor.JvmOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: parses it, runs one command, and turns every failure into an exit code. */
@Command(
    name = "qsnn",
    description = {
      "Trains quantized spiking neural networks on Apache Spark.",
      "",
      "A configuration file describes the training; --set overrides any of its keys. A run leaves one"
          + " folder with its metrics, checkpoints and the packed 1-bit model."
    },
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    subcommands = {
      TrainCommand.class,
      SweepCommand.class,
      EvaluateCommand.class,
      PredictCommand.class,
      BudgetCommand.class,
      ExportCommand.class,
      PrepareCommand.class,
      FetchCommand.class,
      RunsCommand.class,
      ReportCommand.class,
      InspectCommand.class,
      VerifyRunCommand.class,
      BenchCommand.class,
      ClusterCommand.class,
      DoctorCommand.class,
      ChaosCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:a bug in qsnn",
      "2:wrong configuration or command line; doctor: there are problems",
      "3:corrupt, missing or inaccessible data",
      "4:diverged training; the last good checkpoint is kept",
      "5:verify-run, chaos: the runs differ",
      "129, 130, 143:stopped by SIGHUP, Ctrl-C or SIGTERM; a training leaves a checkpoint"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  qsnn train conf/quickstart.conf",
      "  qsnn train conf/cifar10-small.conf --set train.epochs=3 --master local[2]",
      "  qsnn COMMAND --help"
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of a failure.")
  private boolean debug;

  private final CommandProcess process;

  private Main(CommandProcess process) {
    this.process = process;
  }

  /** Runs a command; ends the JVM only on failure, so that a cluster sees a success as one. */
  public static void main(String[] args) {
    JvmOptions.apply();
    System.setOut(ControlCharacters.shownOn(System.out, Charset.defaultCharset()));
    System.setErr(ControlCharacters.shownOn(System.err, Charset.defaultCharset()));
    PrintWriter err =
        new PrintWriter(new OutputStreamWriter(System.err, Charset.defaultCharset()), true);
    CommandProcess process = CommandProcess.ofThisJvm(err);
    ProcessUser.ensureNamed();
    process.end(process.run(() -> commandLine(process).setErr(err).execute(args)));
  }

  static CommandLine commandLine(CommandProcess process) {
    Main main = new Main(process);
    return WholeNumbers.taught(new CommandLine(main))
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler((e, args) -> main.explain(e))
        .setExecutionExceptionHandler((e, command, result) -> main.report(e, command.getErr()))
        .setExecutionStrategy(main::execute);
  }

  CommandProcess process() {
    return process;
  }

  /** What picocli would let pass: an error is a failure too. */
  private int execute(ParseResult parsed) {
    try {
      return process.exitCode(new RunLast().execute(parsed));
    } catch (Error e) {
      return report(e, parsed.commandSpec().commandLine().getErr());
    }
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  private int explain(ParameterException e) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("qsnn: " + e.getMessage());
    UnmatchedArgumentException.printSuggestions(e, err);
    err.println("See " + command.getCommandSpec().qualifiedName() + " --help");
    if (debug) {
      e.printStackTrace(err);
    }
    return 2;
  }

  private int report(Throwable e, PrintWriter err) {
    return process.report(e, err, debug);
  }
}
