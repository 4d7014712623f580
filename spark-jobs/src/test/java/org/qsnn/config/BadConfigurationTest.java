package org.qsnn.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.ConfigurationException;

class BadConfigurationTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train.epoch          | train.epochs",
        "train.batchSize      | train.batch-size",
        "spike-regulation     | ws-dr.spike-regulation",
        "dataset.limit        | dataset.limit-test",
        "train.seed           | run.seed",
        "wsdr.weight-regulation | ws-dr.weight-regulation",
        "run.seed.x           | run.seed",
      })
  void unknownKeyIsNamedWithItsPlaceAndTheNearestKey(String key, String nearest) {
    assertThat(failure("\n" + key + " = 1"))
        .isEqualTo(key + ": unknown key (conf/x.conf:2); did you mean " + nearest + "?");
    assertThat(failure("", key + "=1"))
        .isEqualTo(key + ": unknown key (--set " + key + "=1); did you mean " + nearest + "?");
  }

  @ParameterizedTest
  @CsvSource({"step-train, 39", "step-test, 1"})
  void windowsThatCopyEventsManyTimesAreRefused(String step, int value) {
    String key = "dataset.recordings." + step;

    assertThat(failure("", key + "=" + value))
        .startsWith(key + ": must be at least a hundredth of dataset.recordings.length, 4000 (")
        .contains("; found " + value + " (");
    assertThat(failure("", key + "=40", "train.epochs=0")).startsWith("train.epochs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"304", "304x", "0x5", "99999x5", "5 x 5"})
  void aSensorIsTwoNumbers(String sensor) {
    assertThat(failure("", "dataset.recordings.sensor=" + sensor))
        .startsWith(
            "dataset.recordings.sensor: must be width and height in pixels, each from 1 to");
  }

  @Test
  void columnsAreFourNames() {
    assertThat(failure("", "dataset.recordings.columns=\"t,x,y\""))
        .startsWith("dataset.recordings.columns: must be four names, of time, x, y and polarity");
    assertThat(failure("", "dataset.recordings.source=first"))
        .startsWith("dataset.recordings.source: must be a whole number from 0 to 1000000");
  }

  @Test
  void unknownEmptySectionIsAnUnknownKey() {
    assertThat(failure("trian {}")).startsWith("trian: unknown key (conf/x.conf:1)");
  }

  @Test
  void valueInPlaceOfASectionNamesTheKeysOfTheSection() {
    assertThat(failure("checkpoint = 5"))
        .isEqualTo(
            "checkpoint: must be a section with the keys checkpoint.every-minutes,"
                + " checkpoint.keep; found a value (conf/x.conf:1)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train.epochs | ten | a whole number from 1 to 100000",
        "train.epochs | 0 | a whole number from 1 to 100000",
        "train.epochs | 1.5 | a whole number from 1 to 100000",
        "train.epochs | 99999999999 | a whole number from 1 to 100000",
        "train.epochs | null | a whole number from 1 to 100000",
        "train.learning-rate | -0.1 | a number above 0 and at most 100",
        "train.learning-rate | NaN | a number above 0 and at most 100",
        "train.momentum | 1 | a number of at least 0 and below 1",
        "train.label-smoothing | 1 | a number of at least 0 and below 1, or off",
        "train.tet | on | a number of at least 0 and below 1, or off",
        "train.warm-up | 301 | a number of epochs, at most train.epochs, which is 300, or off",
        "train.gradient-clipping | -1 | a number from 0 to 1e6, or off",
        "train.last-learning-rate | 1.1 | a number from 0 to 1",
        "train.norm-bias-factor | 0 | a number from 0.001 to 1000",
        "train.hidden-weight-decay | -1 | a number from 0 to 1",
        "train.averaging-decay | 1 | a number above 0 and below 1",
        "ws-dr.annealing.first | 0 | a number from 0.001 to 1000",
        "ws-dr.annealing.last | steep | a number from 0.001 to 1000",
        "train.muon.momentum | 1 | a number of at least 0 and below 1",
        "train.muon.others-rate | 0 | a number above 0 and at most 10",
        "train.distillation.weight | 1.1 | a number from 0 to 1",
        "train.distillation.weight | off | a number from 0 to 1",
        "train.distillation.temperature | 0 | a number from 0.1 to 100",
        "train.early-epochs | 1.5 | a whole number, at most train.epochs, which is 300, or off",
        "train.early-timesteps | 0 | a whole number from 1 to 1000",
        "train.gradient-bits | 8 | one of 16, 32",
        "train.early-size | 0 | a whole number from 1 to 4096",
        "run.seed | -1 | a whole number of at least 0",
        "network.membrane-bits | 3 | one of 2, 4, 8, 32",
        "network.weight-bits | 2 | one of 1, 32",
        "network.neuron.decay | 1.1 | a number from 0 to 1",
        "network.neuron.threshold | 0 | a number from 0.001 to 1000",
        "network.neuron.surrogate-width | -1 | a number from 0.001 to 1000",
        "network.timesteps | 0 | a whole number from 1 to 1000",
        "network.width-factor | 1/0 | a number above 0 and at most 16, such as 0.125 or 1/8",
        "network.width-factor | an eighth | a number above 0 and at most 16, such as 0.125 or 1/8",
        "dataset.limit-train | 0 | a whole number of at least 1, or all",
        "dataset.limit-train | some | a whole number of at least 1, or all",
        "dataset.validation-fraction | 1 | a number above 0 and below 1",
        "ws-dr.weight-regulation | maybe | on or off",
        "train.test-mirror | both | on or off",
        "ws-dr.spike-regulation | -1 | a number from 0 to 1000, or off",
      })
  void valueThatIsNotAllowedIsNamedWithWhatIs(String key, String value, String allowed) {
    assertThat(failure("", key + "=" + value).replace("\"", ""))
        .isEqualTo(describe(key, value, "--set " + key + "=" + value, allowed));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[4, 2] | a number, or a list of 3 numbers, for the spiking layers convs.0, convs.1, linears.0; found a list of 2 (conf/x.conf:1)",
        "[4, 2, 3] | made of 2, 4, 8 and 32; found 3 (conf/x.conf:1)",
        "[4, 2, null] | made of 2, 4, 8 and 32; found null (conf/x.conf:1)",
        "[4, 2, [8]] | made of 2, 4, 8 and 32; found [8] (conf/x.conf:1)",
        "[] | a number, or a list of 3 numbers, for the spiking layers convs.0, convs.1, linears.0; found a list of 0 (conf/x.conf:1)",
        "{ default = 4, convs.2 = 2 } | a section whose keys are default and spiking layers, convs.0, convs.1, linears.0; found convs.2 (conf/x.conf:1); did you mean convs.",
        "{ default = 4, fc = 2 } | a section whose keys are default and spiking layers, convs.0, convs.1, linears.0; found fc",
        "{ convs.0 = 4 } | a section with a default, or with all spiking layers; found none for convs.1, linears.0 (conf/x.conf:1)",
        "{} | a section with a default, or with all spiking layers; found none for convs.0, convs.1, linears.0 (conf/x.conf:1)",
        "{ default = 4, convs.1 = four } | made of 2, 4, 8 and 32; found four (conf/x.conf:1)",
        "\"{ default = \" | a number, a list or a section of numbers; found",
        "\"4,,2\" | a number, a list or a section of numbers; found",
        "on | one of 2, 4, 8, 32; found on",
      })
  void membraneBitsThatFitNoLayersAreRefusedWithTheLayers(String bits, String message) {
    assertThat(
            failure(
                "network { architecture = custom, layers = [conv 8, conv 8, linear 9, readout], membrane-bits = "
                    + bits
                    + " }"))
        .startsWith("network.membrane-bits: must be " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "layers = [conv 8, readout] | network.layers: must be unset, as network.architecture is resnet19; found a list (conf/x.conf:1); set that to custom",
        "architecture = custom | network.layers: must be the layers of a custom network.architecture; found null",
        "architecture = custom, layers = [conv 8, maxpool 2, readout] | network.layers, line 2 (maxpool 2): must be conv CHANNELS",
        "architecture = custom, layers = [conv 8, [readout]] | network.layers: must be a list of texts; found a list (conf/x.conf:1)",
        "architecture = custom, layers = {} | network.layers: must be a single value; found a section (conf/x.conf:1)",
        "architecture = custom, layers = [] | network.layers: must be 2 to 1000 lines; found 0 lines (conf/x.conf:1)",
        "architecture = custom, layers = [conv 8, readout], width-factor = 1/16 | network.width-factor: 0.0625 leaves no channel of 8",
      })
  void layersThatAreNotAllowedAreNamed(String network, String message) {
    assertThat(failure("network { " + network + " }")).startsWith(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "network.architecture | resnet-19 | resnet19, vggsnn, vgg16, vgg16-imagenet, resnet18, resnet18-tiny-imagenet, resnet18-imagenet, custom | resnet19",
        "dataset.kind | cifar-100 | synthetic, cifar10, cifar100, tiny-imagenet, image-folders, synthetic-events, recordings, labeled-recordings, dvs-gesture, cifar10-dvs, n-mnist, n-caltech101, n-cars | cifar100",
        "dataset.augment.choice | any | all, one | all",
        "dataset.images.normalization | compute | usual, computed | computed",
        "train.optimizer | Adam | sgd, adam, muon | adam",
        "train.schedule | one-cicle | cosine, one-cycle, linear | one-cycle",
        "train.averaging | emma | none, ema | ema",
        "dataset.augment.flip-order | alternate | random, alternating | alternating",
        "recipe | as-writen | published-code, as-written | as-written",
        "network.membrane-quantization | before | after-reset, before-firing | before-firing",
        "network.firing | at | above, at-or-above | at-or-above",
        "network.neuron.reset | sof | hard, soft | soft",
        "network.neuron.surrogate | arctan | triangle, rectangle, arctangent, sigmoid | arctangent",
        "network.head | average | averaged, flattened | averaged",
        "ws-dr.standardization | layers | channel, layer | layer",
        "ws-dr.weight-scale | median | power-of-two, mean | mean",
        "ws-dr.over-layers | sums | mean, sum | sum",
      })
  void mistypedNameIsAnsweredWithAllNamesAndTheNearest(
      String key, String value, String names, String nearest) {
    assertThat(failure("", key + "=" + value))
        .isEqualTo(
            describe(key, value, "--set " + key + "=" + value, "one of " + names)
                + "; did you mean "
                + nearest
                + "?");
  }

  @Test
  void valueInTheFileIsNamedWithItsLine() {
    assertThat(failure("train {\n  shards = 2\n  epochs = 0\n}"))
        .isEqualTo(
            describe("train.epochs", "0", "conf/x.conf:3", "a whole number from 1 to 100000"));
  }

  @Test
  void sectionOrListInPlaceOfAValueIsAWrongType() {
    assertThat(failure("train.epochs { a = 1 }"))
        .startsWith("train.epochs.a: unknown key (conf/x.conf:1)");
    assertThat(failure("train.epochs {}"))
        .isEqualTo(describe("train.epochs", "a section", "conf/x.conf:1", "a single value"));
    assertThat(failure("train.epochs = [1, 2]"))
        .isEqualTo(describe("train.epochs", "a list", "conf/x.conf:1", "a single value"));
  }

  @Test
  void batchThatShardsDoNotDivideNamesBothPlaces() {
    assertThat(failure("train.batch-size = 64", "train.shards=3"))
        .isEqualTo(
            describe(
                "train.batch-size",
                "64",
                "conf/x.conf:1",
                "a multiple of train.shards, which is 3 (--set train.shards=3)"));
  }

  @Test
  void widthFactorThatLeavesNoChannelNamesTheSmallest() {
    assertThat(failure("network.width-factor = 1/300"))
        .contains("network.width-factor", "leaves no channel", "1/128", "(conf/x.conf:1)");
  }

  @Test
  void missingPathOfARealDatasetSaysHowToGetIt() {
    assertThat(failure("dataset.kind = cifar10"))
        .startsWith(
            "dataset.path: must be a folder or archive with the data, since dataset.kind is")
        .contains("cifar10 (conf/x.conf:1); found null (qsnn-defaults.conf:")
        .endsWith("; qsnn fetch cifar10 DIR gets it");
  }

  @Test
  void blankTextIsNotAllowed() {
    assertThat(failure("run.dir = \"\""))
        .isEqualTo(describe("run.dir", "", "conf/x.conf:1", "text that is not blank"));
  }

  @Test
  void syntaxErrorNamesTheLine() {
    assertThat(failure("train {\n  epochs = 1\n"))
        .startsWith("conf/x.conf:3: syntax error: ")
        .doesNotContain("conf/x.conf: ");
    assertThat(failure("\ndataset.path = hdfs://host/data"))
        .startsWith("conf/x.conf:2: syntax error: ")
        .contains("double quotes");
  }

  /** Also where HOCON would leave the key out without a word. */
  @ParameterizedTest
  @ValueSource(strings = {"${PATH}", "${?PATH}", "${user.home}", "${?no.such.key}/x", "a${PATH}b"})
  void substitutionOfNoKeySaysThatTheEnvironmentIsNotRead(String value) {
    String name = value.replaceAll(".*[{?]([^{?}]+)}.*", "$1");
    assertThat(failure("\nrun.dir = " + value))
        .isEqualTo(
            "conf/x.conf:2: ${"
                + name
                + "}: there is no such key, and the environment is not read; give the value with"
                + " --set");
  }

  @Test
  void substitutionsThatMakeALongTextOfAShortOneAreRefused() {
    StringBuilder bomb = new StringBuilder("a0 = 0123456789");
    for (int i = 1; i < 30; i++) {
      bomb.append("\na" + i + " = ${a" + (i - 1) + "}${a" + (i - 1) + "}");
    }
    assertThat(failure(bomb.toString()))
        .isEqualTo("conf/x.conf: expected at most 16 substitutions ${…}, found more");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "a{", "[", "a.", "a=[", "a={", "a:{b:["})
  void deepNestingIsOneLine(String opening) {
    assertThat(failure(opening.repeat(60_000))).startsWith("conf/x.conf").hasSizeLessThan(1000);
    assertThat(failure("", "a.".repeat(60_000) + "a=1")).hasSizeLessThan(1000);
  }

  @Test
  void longNamesAndValuesAreCutInMessages() {
    assertThat(failure("x".repeat(60_000) + " = 1")).startsWith("xxx").hasSizeLessThan(500);
    assertThat(failure("train.epochs = " + "9".repeat(60_000)))
        .startsWith("train.epochs: must be a whole number from 1 to 100000; found 999")
        .hasSizeLessThan(500);
  }

  @Test
  void controlCharactersInTextAreRefusedAndShownAsEscapes() {
    assertThat(failure("", "run.dir=runs/\u001b[2Ja"))
        .startsWith("run.dir: must be text without control characters; found runs/\\u001b[2Ja");
    assertThat(failure("run.dir = \"a\\ud800\"")).contains("without control characters");
  }

  @Test
  void includesAreRejectedInsteadOfIgnored() {
    assertThat(failure("include \"other.conf\""))
        .contains("conf/x.conf: a configuration must be one file; found include other.conf");
    assertThat(failure("include file(\"other.conf\")")).contains("found include other.conf");
    assertThat(failure("include required(classpath(\"o.conf\"))")).contains("found include o.conf");
  }

  @ParameterizedTest
  @ValueSource(strings = {"train.epochs", "=3", "train.epochs=", "run.dir=  "})
  void overrideWithoutKeyOrValueIsRejected(String override) {
    assertThat(failure("", override))
        .isEqualTo("--set: must be key=value, such as train.epochs=10; found " + override);
  }

  @Test
  void overrideWithAMalformedKeyIsRejected() {
    assertThat(failure("", "train..epochs=3")).contains("train..epochs is not a key");
  }

  private static String describe(String key, String found, String place, String allowed) {
    return key + ": must be " + allowed + "; found " + found + " (" + place + ")";
  }

  private static String failure(String text, String... overrides) {
    ConfigText file = new ConfigText("conf/x.conf", text);
    try {
      RunConfig.load(file, List.of(overrides), Instant.EPOCH);
    } catch (ConfigurationException e) {
      assertThat(e.exitCode()).isEqualTo(2);
      return e.getMessage();
    }
    throw new AssertionError("loaded: " + text + " " + List.of(overrides));
  }
}
