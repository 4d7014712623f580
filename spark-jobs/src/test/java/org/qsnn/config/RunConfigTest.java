package org.qsnn.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.ConfigurationException;
import org.qsnn.config.AugmentSection.FlipOrder;
import org.qsnn.config.WsDrSection.Annealing;
import org.qsnn.config.WsDrSection.Standardization;
import org.qsnn.config.WsDrSection.WeightScale;
import org.qsnn.dataset.Datasets;
import org.qsnn.event.BadEvents;
import org.qsnn.event.EventTable;
import org.qsnn.event.RecordingOptions;
import org.qsnn.event.Sensor;
import org.qsnn.frame.FrameAugmentation.Unit;
import org.qsnn.frame.FrameWarping;
import org.qsnn.model.Architectures;
import org.qsnn.model.BackwardPass;
import org.qsnn.model.FrameInput;
import org.qsnn.model.FrameInput.Resize;
import org.qsnn.model.FrameInput.Split;
import org.qsnn.model.FrameInput.Values;
import org.qsnn.model.Head;
import org.qsnn.model.LifNeuron;
import org.qsnn.model.LifNeuron.Firing;
import org.qsnn.model.LifNeuron.Quantization;
import org.qsnn.model.LifNeuron.Reset;
import org.qsnn.model.MembraneBits;
import org.qsnn.model.ModelDescription;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.Surrogate;
import org.qsnn.model.Surrogate.Form;
import org.qsnn.model.WeightScheme;
import org.qsnn.network.Distillation;
import org.qsnn.network.LossTerms;
import org.qsnn.network.LossTerms.OverLayers;
import org.qsnn.optimize.Adam;
import org.qsnn.optimize.Averaging;
import org.qsnn.optimize.Descent;
import org.qsnn.optimize.LearningRateSchedule.Shape;
import org.qsnn.optimize.Muon;
import org.qsnn.optimize.ParameterGroups;
import org.qsnn.optimize.Sgd;
import org.qsnn.quantize.AnnealingSchedule;
import org.qsnn.sample.ImageAugmentation.Transform;
import org.qsnn.sample.WindowCut;
import org.qsnn.train.EarlyEpochs;

class RunConfigTest {
  private static final Instant STARTED = Instant.parse("2026-03-04T05:06:07Z");

  @Test
  void defaultsAreThePapersRecipe() {
    RunConfig config = load("");

    assertThat(config.run()).isEqualTo(new RunSection("runs/test-20260304T050607Z", 1));
    assertThat(config.dataset().kind()).isEqualTo(Datasets.SYNTHETIC);
    assertThat(config.dataset().path()).isEmpty();
    assertThat(config.dataset().cacheDir()).isEmpty();
    assertThat(config.dataset().limitTrain()).isEqualTo(Integer.MAX_VALUE);
    assertThat(config.dataset().limitTest()).isEqualTo(Integer.MAX_VALUE);
    assertThat(config.dataset().validationFraction()).isEqualTo(0.1);
    assertThat(config.dataset().augment())
        .isEqualTo(
            new AugmentSection(
                true,
                OptionalInt.empty(),
                true,
                FlipOrder.RANDOM,
                true,
                true,
                5,
                0,
                0,
                FrameWarping.NONE,
                Unit.SAMPLE));
    assertThat(config.dataset().recordings())
        .isEqualTo(
            new RecordingsSection(
                new WindowCut(WindowCut.Unit.EVENTS, 4000, 2000, 4000),
                RecordingOptions.DEFAULT,
                10_000));
    assertThat(config.dataset().frames())
        .isEqualTo(
            new FramesSection(
                new FrameInput(Split.NUMBER, 100_000, Resize.AREA, Values.COUNTS, 10), 48));
    assertThat(config.network())
        .isEqualTo(
            new NetworkSection(
                Architectures.RESNET19,
                1,
                2,
                1,
                MembraneBits.of(8),
                LifNeuron.PUBLISHED,
                Surrogate.PUBLISHED,
                Head.AVERAGED));
    assertThat(config.wsDr())
        .isEqualTo(
            new WsDrSection(
                true,
                Standardization.CHANNEL,
                WeightScale.POWER_OF_TWO,
                Annealing.PUBLISHED,
                0.005,
                OverLayers.MEAN));
    assertThat(config.train())
        .isEqualTo(
            new TrainSection(
                300,
                2,
                64,
                Descent.of(Sgd.standard(), 0.1),
                EarlyEpochs.NONE,
                TrainSection.Stem.DRAWN,
                Optional.empty(),
                new DistillationSection(Optional.empty(), 0.5, 2),
                0,
                0,
                false,
                32));
    assertThat(config.checkpoint()).isEqualTo(new CheckpointSection(10, 3));
  }

  @Test
  void whatIsToleratedIsNoPartOfAConfigurationThatToleratesNothing() {
    assertThat(load("").values().keySet())
        .doesNotContain(
            "dataset.on-bad-events",
            "dataset.bad-event-limit",
            "dataset.bad-event-limit-in-all",
            "dataset.recordings.sensor",
            "dataset.recordings.source",
            "dataset.recordings.columns",
            "dataset.recordings.time-unit");
    assertThat(load("dataset.bad-event-limit = 5").hash()).isEqualTo(load("").hash());
    assertThat(load("dataset.on-bad-events = sort").hash()).isNotEqualTo(load("").hash());
  }

  @Test
  void everyDefaultIsReadIntoARecord() {
    RunConfig config =
        load(
            "dataset { path = x, cache-dir = y, on-bad-events = drop, augment.padding = 6,"
                + " recordings { sensor = 304x240, source = 2, columns = \"a,b,c,d\", time-unit = ms } },"
                + " train { hidden-weight-decay = 0, start-from = runs/first, distillation.teacher = runs/twin, early-size = 24 }, network { architecture = custom, layers = [conv 128, readout] }");

    assertThat(config.dataset().recordings().options())
        .isEqualTo(
            RecordingOptions.DEFAULT
                .withSensor(new Sensor(304, 240))
                .withSource(2)
                .withTable(new EventTable("a,b,c,d", EventTable.Unit.MS))
                .withBadEvents(new BadEvents(BadEvents.Action.DROP, 100)));
    assertThat(config.values().keySet())
        .containsExactlyInAnyOrderElementsOf(
            ConfigMerge.merge(ConfigText.none("x"), List.of()).keySet());
  }

  @Test
  void recipeBeyondThePaperIsReadWhereItIsOn() {
    RunConfig config =
        load(
            "train { epochs = 5, warm-up = 0.5, nesterov = on, gradient-clipping = 2,"
                + " label-smoothing = 0.1, tet = 0.05 }");

    assertThat(config.train().descent())
        .isEqualTo(new Descent(new Sgd(0.9f, 1e-4f, true), 0.1, 0.5, 2));
    assertThat(config.lossTerms()).isEqualTo(new LossTerms(0.005, OverLayers.MEAN, 0.1, 0.05));
  }

  @Test
  void courseOfATrainingIsRead() {
    RunConfig config =
        load(
            "train { epochs = 5, schedule = one-cycle, warm-up = 1, last-learning-rate = 0.05,"
                + " norm-bias-factor = 8, weight-decay = 0.5, hidden-weight-decay = 0.25,"
                + " averaging = ema, averaging-decay = 0.99 }, ws-dr.annealing { first = 1, last = 4 }");

    assertThat(config.train().descent())
        .isEqualTo(
            new Descent(
                new Sgd(0.9f, 0.5f),
                Shape.ONE_CYCLE,
                0.1,
                0.05,
                1,
                Double.POSITIVE_INFINITY,
                new ParameterGroups(-0.25f, 8, false),
                new Averaging(0.99)));
    assertThat(config.wsDr().annealings(5)).isEqualTo(new AnnealingSchedule(5, 1, 4));
  }

  @Test
  void muonLeavesTheRestToAdam() {
    RunConfig config =
        load(
            "train { optimizer = muon, adam.beta1 = 0.5, muon { momentum = 0.6, others-rate = 2 } }");

    assertThat(config.train().descent().optimizer())
        .isEqualTo(new Muon(0.6f, new Adam(0.5f, 0.999f, 1e-8f, 1e-4f), 2));
  }

  @Test
  void aTeacherHasAPartInTheLossAndInTheHashWhereThereIsOne() {
    RunConfig config =
        load("train.distillation { teacher = runs/twin, weight = 0.9, temperature = 4 }");

    assertThat(config.train().distillation())
        .isEqualTo(new DistillationSection(Optional.of("runs/twin"), 0.9, 4));
    assertThat(config.lossTerms().distillation()).isEqualTo(new Distillation(0.9, 4));
    assertThat(load("train.distillation.weight = 0.9").lossTerms()).isEqualTo(load("").lossTerms());
    RunConfig usual = load("train.distillation.teacher = runs/twin");
    assertThat(usual.lossTerms().distillation()).isEqualTo(new Distillation(0.5, 2));
    assertThat(usual.hash()).isNotEqualTo(config.hash()).isNotEqualTo(load("").hash());
    assertThat(config.differencesFrom(usual))
        .containsExactly(
            "train.distillation.temperature: 4.0, there 2.0",
            "train.distillation.weight: 0.9, there 0.5");
  }

  @Test
  void earlyTimestepsAreFewerThanTheNetworks() {
    assertThat(load("train.early-epochs = 20").train().early())
        .isEqualTo(new EarlyEpochs(20, 1, 0));
    assertThatThrownBy(() -> load("train { early-epochs = 20, early-timesteps = 2 }"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(
            "train.early-timesteps: must be less than network.timesteps, which is 2 (");
  }

  @Test
  void aWhitenedStemIsFrozen() {
    TrainSection train = load("train.stem = whitened").train();
    assertThat(train.stem()).isEqualTo(TrainSection.Stem.WHITENED);
    assertThat(train.descent().groups().isFirstFrozen()).isTrue();
    assertThat(load("").train().descent().groups().isFirstFrozen()).isFalse();
  }

  @Test
  void earlyEpochsOnSmallerImagesMayHaveAllTimesteps() {
    assertThat(
            load("train { early-epochs = 20, early-timesteps = 2, early-size = 24 }")
                .train()
                .early())
        .isEqualTo(new EarlyEpochs(20, 2, 24));
    assertThatThrownBy(
            () -> load("train { early-epochs = 20, early-timesteps = 3, early-size = 24 }"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(
            "train.early-timesteps: must be at most network.timesteps, which is 2 (");
  }

  @Test
  void testMayShowMirrorImages() {
    assertThat(load("train.test-mirror = on").train().testMirror()).isTrue();
    assertThat(load("train.test-mirror = off").hash()).isEqualTo(load("").hash());
  }

  @Test
  void flipsMayAlternate() {
    String alternating = "dataset.augment.flip-order = alternating";

    assertThat(load(alternating).dataset().augment().images().has(Transform.ALTERNATING_FLIP))
        .isTrue();
    assertThat(load(alternating).dataset().augment().images().has(Transform.FLIP)).isFalse();
    assertThat(
            load(alternating, "dataset.augment.flip=off")
                .dataset()
                .augment()
                .images()
                .has(Transform.ALTERNATING_FLIP))
        .isFalse();
  }

  @Test
  void neuronOfOnesOwnIsRead() {
    RunConfig config =
        load(
            "network.neuron { decay = 0.9, threshold = 0.5, reset = soft, surrogate = arctangent,"
                + " surrogate-width = 2 }");

    assertThat(config.network().neuron())
        .isEqualTo(new LifNeuron(Quantization.AFTER_RESET, Firing.ABOVE, 0.9f, 0.5f, Reset.SOFT));
    assertThat(config.network().surrogate()).isEqualTo(new Surrogate(Form.ARCTANGENT, 2f));
    assertThat(config.lossTerms().threshold()).isEqualTo(0.5);
    assertThat(config.networkSpec(3, 32, 10).neuron()).isEqualTo(config.network().neuron());
  }

  @Test
  void gradientsOfFewerBitsAreAnotherTraining() {
    RunConfig integers = load("train.gradient-bits = 16");

    assertThat(integers.backwardPass())
        .isEqualTo(new BackwardPass(Surrogate.PUBLISHED, BackwardPass.INTEGERS));
    assertThat(integers.hash()).isNotEqualTo(load("").hash());
    assertThat(load("train.gradient-bits = 32").hash()).isEqualTo(load("").hash());
  }

  @Test
  void fileOverridesDefaultsAndSetOverridesTheFile() {
    RunConfig config =
        load("train { epochs = 5, batch-size = 32 }", "train.epochs=7", "train.epochs=9");

    assertThat(config.train().epochs()).isEqualTo(9);
    assertThat(config.train().batchSize()).isEqualTo(32);
    assertThat(config.train().shardBatchSize()).isEqualTo(16);
    assertThat(config.train().descent().learningRate()).isEqualTo(0.1);
  }

  @Test
  void setTakesAUriWithoutQuotes() {
    RunConfig config = load("", "dataset.path=hdfs://host:9000/a=b", "run.dir=hdfs:///r");

    assertThat(config.dataset().path()).contains("hdfs://host:9000/a=b");
    assertThat(config.run().dir()).isEqualTo("hdfs:///r");
  }

  @Test
  void widthFactorMayBeAFraction() {
    assertThat(load("network.width-factor = 1/8").network().width()).isEqualTo(16);
    assertThat(load("network.width-factor = 0.125").network().width()).isEqualTo(16);
    assertThat(load("", "network.width-factor=1/16").network().width()).isEqualTo(8);
  }

  @Test
  void switchesTakeOnOffTrueAndFalse() {
    assertThat(load("ws-dr.weight-regulation = off").wsDr().weightRegulation()).isFalse();
    assertThat(load("ws-dr.weight-regulation = true").wsDr().weightRegulation()).isTrue();
    assertThat(load("", "dataset.augment.cutout=no").dataset().augment().cutout()).isFalse();
  }

  @Test
  void spikeRegulationIsSwitchedOffByOffOrZero() {
    assertThat(load("ws-dr.spike-regulation = off").wsDr().spikeRegulation()).isZero();
    assertThat(load("ws-dr.spike-regulation = 0").wsDr().spikeRegulation()).isZero();
  }

  @Test
  void limitsAreCountsOrAll() {
    assertThat(load("dataset.limit-train = 10000").dataset().limitTrain()).isEqualTo(10000);
    assertThat(load("dataset.limit-test = all").dataset().limitTest()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void weightSchemeFollowsBitsAndRegulation() {
    assertThat(load("").weightScheme()).isEqualTo(WeightScheme.REGULATED);
    assertThat(load("ws-dr.weight-regulation = off").weightScheme()).isEqualTo(WeightScheme.PLAIN);
    assertThat(load("network.weight-bits = 32").weightScheme()).isEqualTo(WeightScheme.FLOAT);
  }

  @Test
  void recipeAsWrittenSetsWhatThePapersTextSays() {
    RunConfig config = load("recipe = as-written, network.architecture = vggsnn");

    assertThat(config.recipe()).isEqualTo(Recipe.AS_WRITTEN);
    assertThat(config.network().neuron())
        .isEqualTo(new LifNeuron(Quantization.BEFORE_FIRING, Firing.AT_OR_ABOVE));
    assertThat(config.network().head()).isEqualTo(Head.AVERAGED);
    assertThat(config.weightScheme()).isEqualTo(WeightScheme.LAYER_REGULATED_MEAN);
    assertThat(config.lossTerms()).isEqualTo(new LossTerms(0.001, OverLayers.SUM, 0, 0));
    assertThat(config.train().batchSize()).isEqualTo(256);
    assertThat(config.networkSpec(2, 48, 10).readout().features()).isEqualTo(512);
    assertThat(config.networkSpec(2, 48, 10).neuron()).isEqualTo(config.network().neuron());
  }

  @Test
  void recipeKnowsTheBatchOfEventsAndTheTimestepsOfGestures() {
    RunConfig gestures = load("recipe = as-written, dataset { kind = dvs-gesture, path = x }");

    assertThat(gestures.train().batchSize()).isEqualTo(64);
    assertThat(gestures.network().timesteps()).isEqualTo(16);
    assertThat(load("recipe = as-written").network().timesteps()).isEqualTo(2);
    assertThat(load("dataset.kind = dvs-gesture, dataset.path = x").network().timesteps())
        .isEqualTo(2);
  }

  @Test
  void aKeyThatIsSetWinsOverTheRecipe() {
    RunConfig config =
        load("ws-dr.over-layers = mean", "recipe=as-written", "network.firing=above");

    assertThat(config.wsDr().overLayers()).isEqualTo(OverLayers.MEAN);
    assertThat(config.network().neuron())
        .isEqualTo(new LifNeuron(Quantization.BEFORE_FIRING, Firing.ABOVE));
    assertThat(load("recipe = as-written", "recipe=published-code").hash())
        .isEqualTo(load("").hash());
  }

  @Test
  void recipeIsWhatItStandsFor() {
    RunConfig recipe = load("recipe = as-written");
    RunConfig again = load(recipe.render().replace("as-written", "published-code"));

    assertThat(again.recipe()).isEqualTo(Recipe.PUBLISHED_CODE);
    assertThat(again.hash()).isEqualTo(recipe.hash()).isNotEqualTo(load("").hash());
    assertThat(again.differencesFrom(recipe)).isEmpty();
    assertThat(recipe.changed()).containsKeys("ws-dr.weight-scale", "network.firing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dataset.augment.padding=6",
        "dataset.augment.rotate=30",
        "dataset.augment.shear=8.6",
        "dataset.augment.erase=8",
        "dataset.augment.choice=one",
        "dataset.images.normalization=computed",
        "network.membrane-quantization=before-firing",
        "network.firing=at-or-above",
        "network.neuron.decay=1",
        "network.neuron.threshold=0.5",
        "network.neuron.reset=soft",
        "network.neuron.surrogate=sigmoid",
        "network.neuron.surrogate-width=2",
        "network.head=flattened",
        "ws-dr.standardization=layer",
        "ws-dr.weight-scale=mean",
        "ws-dr.over-layers=sum",
        "train.gradient-bits=16",
        "train.test-mirror=on"
      })
  void everyChoiceHasAPartInTheHash(String override) {
    assertThat(load("", override).hash()).isNotEqualTo(load("").hash());
    assertThat(load("", override).differencesFrom(load(""))).hasSize(1);
  }

  /** Hashes of before there were keys for the paper's text. */
  @Test
  void aRunThatBeganBeforeAKeyGoesOnAfterIt() {
    assertThat(load("").hash())
        .isEqualTo("5099edab880c9a7213e25608e1ce5950055f3728c775d8effcefc39704ab4bd1");
    assertThat(load("network.architecture = vggsnn").hash())
        .isEqualTo("5cb0b0332b82746ecec659b17a499191a7b82351da9de6326f8bf595b8abcf13");
    assertThat(load("network.head = averaged").hash()).isEqualTo(load("").hash());
  }

  @Test
  void layersAreALineEachHoweverTheyAreWritten() {
    RunConfig list =
        load("network { architecture = custom, layers = [\n conv 8   bias # stem\n readout\n] }");
    RunConfig text = load("", "network.architecture=custom", "network.layers=conv 8 bias,readout");

    assertThat(list.networkSpec(3, 8, 10)).isEqualTo(text.networkSpec(3, 8, 10));
    assertThat(list.hash()).isEqualTo(text.hash()).isNotEqualTo(load("").hash());
    assertThat(load(list.render()).hash()).isEqualTo(list.hash());
    assertThat(list.networkSpec(3, 8, 10).layers().get(0).convolutions().get(0).hasBias()).isTrue();
  }

  @Test
  void networkSpecHasTheConfiguredSizes() {
    NetworkSpec spec =
        load("network { width-factor = 1/4, timesteps = 3, membrane-bits = 4 }")
            .networkSpec(3, 32, 100);

    assertThat(spec)
        .isEqualTo(Architectures.RESNET19.spec(32, 3, 3, 32, 100, WeightScheme.REGULATED, 4));
  }

  @Test
  void renderedConfigurationLoadsAsTheSame() {
    RunConfig config =
        load(
            "network.width-factor = 1/8, ws-dr.spike-regulation = off, dataset.limit-train = 12",
            "dataset.path=hdfs://host/a b#c",
            "run.seed=9223372036854775807");

    RunConfig again =
        RunConfig.load(new ConfigText("run.conf", config.render()), List.of(), Instant.EPOCH);

    assertThat(again).isEqualTo(config);
    assertThat(again.hash()).isEqualTo(config.hash());
  }

  private static final String THREE =
      "network { architecture = custom, layers = [conv 8, residual-block 8, readout], ";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "membrane-bits = [4, 2, 8] }",
        "membrane-bits = \"4, 2, 8\" }",
        "membrane-bits { default = 4, \"blocks.0.first\" = 2, \"blocks.0.second\" = 8 } }",
        "membrane-bits { default = 4, blocks.0.first = 2, blocks.0.second = 8 } }",
        "membrane-bits { convs.0 = 4, blocks.0 { first = 2, second = 8 } } }"
      })
  void membraneBitsByLayerMeanTheSameHoweverTheyAreWritten(String text) {
    RunConfig config = load(THREE + text);

    assertThat(config.network().membraneBits()).isEqualTo(MembraneBits.parse("4,2,8"));
    assertThat(config.network().bits()).isEqualTo("1w2-8u");
    assertThat(config.networkSpec(3, 32, 10).membraneBits(1)).isEqualTo(2);
    assertThat(config.hash())
        .isEqualTo(load(THREE + "}", "network.membrane-bits=[4, 2, 8]").hash())
        .isEqualTo(load(THREE + "}", "network.membrane-bits=4,2,8").hash())
        .isEqualTo(load(config.render()).hash())
        .isNotEqualTo(load(THREE + "membrane-bits = 4 }").hash());
  }

  @Test
  void theSameMembraneBitsInEachLayerAreThoseOfAll() {
    RunConfig all = load(THREE + "membrane-bits = 4 }");

    assertThat(load(THREE + "membrane-bits = [4, 4, 4] }").hash()).isEqualTo(all.hash());
    assertThat(load(THREE + "membrane-bits { default = 4 } }").hash()).isEqualTo(all.hash());
    assertThat(load(THREE + "membrane-bits = [4, 4, 4] }").render()).isEqualTo(all.render());
  }

  @Test
  void hashIsOfTheMeaningNotOfTheSpelling() {
    assertThat(load("network { width-factor = 1/8 }", "train.epochs=10").hash())
        .isEqualTo(load("train.epochs = 10.0 // ten\nnetwork.width-factor = 0.125").hash())
        .hasSize(64);
  }

  @Test
  void hashChangesWithWhatDecidesTheResultOnly() {
    String hash = load("").hash();

    assertThat(load("run.dir = elsewhere").hash()).isEqualTo(hash);
    assertThat(load("dataset.path = elsewhere").hash()).isEqualTo(hash);
    assertThat(load("checkpoint.every-minutes = 1").hash()).isEqualTo(hash);
    assertThat(load("run.seed = 2").hash()).isNotEqualTo(hash);
    assertThat(load("train.shards = 4").hash()).isNotEqualTo(hash);
  }

  @Test
  void differencesNameTheKeysThatDecideTheResult() {
    RunConfig there = load("train.epochs = 5, dataset.limit-train = 9, run.dir = a");

    assertThat(load("run.dir = b").differencesFrom(there))
        .containsExactly("dataset.limit-train: all, there 9", "train.epochs: 300, there 5");
    assertThat(there.differencesFrom(there)).isEmpty();
  }

  @Test
  void substitutionsReadKeys() {
    RunConfig config = load("train.batch-size = 128, train.shards = ${train.batch-size}");

    assertThat(config.train().shards()).isEqualTo(128);
  }

  @Test
  void modelOfVersion1SaysWhatItsInputIsAndNothingElse() {
    Map<String, String> provenance =
        Map.of(
            "dataset", "synthetic-events",
            "dataset.frames.size", "32",
            "dataset.limit-test", "10",
            "dataset.cache-dir", "http://elsewhere",
            "dataset.kind", "cifar10",
            "run.dir", "elsewhere",
            "seed", "7");

    RunConfig config =
        RunConfig.ofModel(
            "model x", ModelDescription.of(provenance), List.of("dataset.frames.clip=2"));

    assertThat(config.dataset().kind()).isEqualTo(Datasets.SYNTHETIC_EVENTS);
    assertThat(config.dataset().frames().size()).isEqualTo(32);
    assertThat(config.values()).containsEntry("dataset.frames.clip", 2.0);
    assertThat(config.dataset().limitTest()).isEqualTo(Integer.MAX_VALUE);
    assertThat(config.dataset().cacheDir()).isEmpty();
    assertThat(config.run().seed()).isEqualTo(1);
  }

  @Test
  void aModelThatSaysHowItIsShownEventsIsAskedForNothingElse() {
    FramesSection frames = load("dataset.frames.size = 32").dataset().frames();
    ModelDescription model =
        new ModelDescription(
            Optional.of(frames.input()),
            List.of(),
            Map.of("dataset", "synthetic-events", "dataset.frames.size", "16"));

    assertThat(RunConfig.ofModel("model x", model, List.of()).dataset().frames().size())
        .isEqualTo(48);
    assertThatThrownBy(() -> RunConfig.ofModel("model x", model, List.of("dataset.frames.size=32")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "--set dataset.frames.size=32: must be left out; model x says itself how it is shown"
                + " events");
  }

  @Test
  void everyKeyOfRecordingsIsCarriedByAModel() {
    RunConfig config = load("dataset.kind = recordings, dataset.path = x");

    assertThat(config.cut().keySet())
        .containsAll(
            config.values().keySet().stream()
                .filter(key -> key.startsWith("dataset.recordings."))
                .toList())
        .doesNotContain("dataset.path", "dataset.limit-test");
  }

  @Test
  void numbersKeepTheDigitsOfTheFile() {
    assertThat(load("run.seed = 9007199254740993.0").run().seed()).isEqualTo(9007199254740993L);
    assertThat(load("dataset.path = 007").dataset().path()).contains("007");
  }

  /** What is allowed of odd spellings is written to run.conf and must be the same run there. */
  @Test
  void whateverLoadsIsTheSameWhenItIsRenderedAndLoadedAgain() {
    List<String> odd =
        List.of(
            "-0",
            "-0.0",
            "0",
            "1e-400",
            "1e-320",
            "0.1e1",
            "1.10",
            "007",
            "+1",
            "1E2",
            "2.",
            ".5",
            "1/-0",
            "-0/5",
            "0x10",
            "1_000",
            "1d",
            "NaN",
            "1e999",
            "on",
            "no",
            "true",
            "null",
            "all",
            "area",
            "log",
            "\"a\"",
            "a\nb",
            "\u0000",
            "\uD83D\uDE00",
            "\uD800",
            "${x}",
            "a b  c",
            "#",
            "//",
            "\\",
            "é日",
            "[1]",
            "{a:1}",
            "3.0000000000000000000000001",
            "2147483647.0",
            "\u2028");
    int loaded = 0;
    for (String key : load("").values().keySet()) {
      for (String value : odd) {
        for (String path : List.of("dataset.path=p", "dataset.cache-dir=" + value)) {
          RunConfig config;
          try {
            config = load("", path, key + "=" + value);
          } catch (ConfigurationException e) {
            continue;
          }
          RunConfig again = load(config.render());
          assertThat(again).as(key + "=" + value).isEqualTo(config);
          assertThat(again.hash()).isEqualTo(config.hash());
          loaded++;
        }
      }
    }
    assertThat(loaded).isGreaterThan(300);
  }

  private static RunConfig load(String text, String... overrides) {
    return RunConfig.load(new ConfigText("conf/test.conf", text), List.of(overrides), STARTED);
  }
}
