package org.qsnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.qsnn.ConfigurationException;
import org.qsnn.checkpoint.LearnedWeights;
import org.qsnn.checkpoint.TrainingState;
import org.qsnn.metric.EpochMetrics;
import org.qsnn.metric.EpochSums;
import org.qsnn.metric.Evaluation;
import org.qsnn.model.Architectures;
import org.qsnn.model.ModelDescription;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.PackedModel;
import org.qsnn.model.WeightScheme;
import org.qsnn.optimize.Adam;
import org.qsnn.optimize.Averaging;
import org.qsnn.optimize.Descent;
import org.qsnn.optimize.Muon;
import org.qsnn.optimize.Sgd;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.parameter.ParameterLayout;
import org.qsnn.parameter.Parameters;
import org.qsnn.quantize.WeightQuantizer;
import org.qsnn.sample.ImageAugmentation;
import org.qsnn.sample.ImageAugmentation.Transform;
import org.qsnn.sample.ImageDecoder;
import org.qsnn.sample.SampleDecoder;
import org.qsnn.sample.Samples;
import org.qsnn.sample.ScaledDecoder;
import org.qsnn.sample.SyntheticImages;

class TrainingLoopTest {
  private static final int EPOCHS = 2;

  @Test
  void aRunIsAFunctionOfItsSeed() {
    ToyTraining training = ToyTraining.of(1, EPOCHS);
    TrainingState first = training.run(training.store());
    TrainingState second = training.run(training.store());
    assertThat(ToyTraining.sha256(second)).isEqualTo(ToyTraining.sha256(first));
    assertThat(second.optimizer()).usingRecursiveComparison().isEqualTo(first.optimizer());
    ToyTraining other = ToyTraining.of(2, EPOCHS);
    assertThat(ToyTraining.sha256(other.run(other.store())))
        .isNotEqualTo(ToyTraining.sha256(first));
  }

  @Test
  void aNewRunStartsWithWhatAnotherLearnedAndLeavesItAsItIs() {
    ToyTraining training = ToyTraining.of(1, EPOCHS);
    TrainingState other = training.run(training.store());
    LearnedWeights learned = new LearnedWeights(other.parameters(), other.statistics());
    String sha256 = learned.sha256();

    ToyTraining next = ToyTraining.of(2, 1);
    MemoryStore store = next.store().startingWith(learned);
    String uninterrupted = ToyTraining.sha256(next.run(store));

    assertThat(learned.sha256()).isEqualTo(sha256);
    assertThat(uninterrupted).isNotEqualTo(ToyTraining.sha256(next.run(next.store())));
    assertThat(store.rows.get(0).loss()).isLessThan(firstLoss(next));
    MemoryStore killed = next.store().startingWith(learned).killedAfterStates(2);
    assertThatThrownBy(() -> next.run(killed)).isInstanceOf(MemoryStore.Killed.class);
    assertThat(ToyTraining.sha256(next.run(killed.revived()))).isEqualTo(uninterrupted);
  }

  private static double firstLoss(ToyTraining training) {
    MemoryStore store = training.store();
    training.run(store);
    return store.rows.get(0).loss();
  }

  @Test
  void endsBehindTheLastEpochHavingTakenEveryStep() {
    ToyTraining training = ToyTraining.of(1, EPOCHS);
    MemoryStore store = training.store();
    TrainingState state = training.run(store);
    assertThat(state.epoch()).isEqualTo(EPOCHS);
    assertThat(state.step()).isZero();
    assertThat(state.steps()).isEqualTo(EPOCHS * ToyTraining.STEPS);
    assertThat(store.states).hasSize(EPOCHS * (ToyTraining.STEPS + 1));
    assertThat(store.rows.keySet()).containsExactly(0, 1);
    EpochMetrics row = store.rows.get(1);
    assertThat(row.loss()).isCloseTo(row.crossEntropy() + row.rateTerm(), within(1e-12));
    assertThat(row.rateTerm()).isPositive();
    assertThat(row.validationAccuracy()).isBetween(0.0, 1.0);
    assertThat(row.layers()).hasSize(training.network().layers().size());
    assertThat(row.learningRate()).isEqualTo((double) 0.05f);
    assertThat(row.t()).isEqualTo(1.0);
  }

  @Test
  void theDriversSecondsContainCheckpoints() {
    double seconds = 0.02;
    ToyTraining training = ToyTraining.of(1, 1);
    MemoryStore store =
        new MemoryStore(NetworkLayout.of(training.network())) {
          @Override
          public void writeState(TrainingState state) {
            long start = System.nanoTime();
            while (System.nanoTime() - start < seconds * 1e9) {
              Thread.onSpinWait();
            }
            super.writeState(state);
          }
        };
    training.run(store);
    assertThat(store.rows.get(0).seconds().driver()).isGreaterThan(ToyTraining.STEPS * seconds);
  }

  @Test
  void adamTrainsAndResumesToTheSameBits() {
    Adam adam = new Adam(0.9f, 0.999f, 1e-8f, 1e-4f);
    ToyTraining training = ToyTraining.of(1, EPOCHS).with(adam, 0.01);
    TrainingState uninterrupted = training.run(training.store());
    MemoryStore store = training.store().killedAfterStates(4);
    assertThatThrownBy(() -> training.run(store)).isInstanceOf(MemoryStore.Killed.class);
    TrainingState resumed = training.run(store.revived());
    assertThat(ToyTraining.sha256(resumed)).isEqualTo(ToyTraining.sha256(uninterrupted));
    assertThat(resumed.optimizer()).usingRecursiveComparison().isEqualTo(uninterrupted.optimizer());
    assertThat(resumed.optimizer().vectors()).containsOnlyKeys("mean", "square");
  }

  @Test
  void muonTrainsAndResumesToTheSameBits() {
    Muon muon = new Muon(0.9f, new Adam(0.9f, 0.999f, 1e-8f, 0), 0.2f);
    ToyTraining training = ToyTraining.of(1, EPOCHS).with(muon, 0.05);
    TrainingState uninterrupted = training.run(training.store());
    MemoryStore store = training.store().killedAfterStates(4);
    assertThatThrownBy(() -> training.run(store)).isInstanceOf(MemoryStore.Killed.class);
    TrainingState resumed = training.run(store.revived());
    assertThat(ToyTraining.sha256(resumed)).isEqualTo(ToyTraining.sha256(uninterrupted));
    assertThat(resumed.optimizer()).usingRecursiveComparison().isEqualTo(uninterrupted.optimizer());
  }

  @Test
  void twoTrainingsAtOnceInOneJvmHaveTheBitsOfEachAlone() {
    List<String> alone = new ArrayList<>();
    for (int seed = 1; seed <= 2; seed++) {
      ToyTraining training = ToyTraining.of(seed, EPOCHS);
      alone.add(ToyTraining.sha256(training.run(training.store())));
    }
    List<CompletableFuture<String>> together = new ArrayList<>();
    for (int seed = 1; seed <= 2; seed++) {
      ToyTraining training = ToyTraining.of(seed, EPOCHS);
      together.add(
          CompletableFuture.supplyAsync(
              () -> ToyTraining.sha256(training.run(training.store())),
              task -> new Thread(task).start()));
    }
    assertThat(together.stream().map(CompletableFuture::join)).isEqualTo(alone);
  }

  @Test
  void theBestEpochIsTheLastWithTheHighestValidationAccuracy() {
    Iterator<Integer> right = List.of(2, 3, 3, 1, 4).iterator();
    ToyTraining training = ToyTraining.of(1, 5).with(model -> evaluation(model, right.next()));
    MemoryStore store = training.store();
    TrainingState state = training.run(store);
    assertThat(store.models.keySet()).containsExactly(0, 1, 2, 4);
    assertThat(state.bestEpoch()).isEqualTo(4);
    assertThat(state.bestAccuracy()).isEqualTo(1.0);
    TrainingState beforeLast = store.state(4 * (ToyTraining.STEPS + 1) - 1);
    assertThat(beforeLast.epoch()).isEqualTo(4);
    assertThat(beforeLast.bestEpoch()).isEqualTo(2);
    assertThat(beforeLast.bestAccuracy()).isEqualTo(0.75);
    assertThat(store.rows.values().stream().map(EpochMetrics::validationAccuracy))
        .containsExactly(0.5, 0.75, 0.75, 0.25, 1.0);
  }

  @Test
  void anEpochThatGetsNothingRightIsStillBetterThanNone() {
    ToyTraining training = ToyTraining.of(1, 1).with(model -> evaluation(model, 0));
    MemoryStore store = training.store();
    assertThat(training.run(store).bestEpoch()).isZero();
    assertThat(store.models.keySet()).containsExactly(0);
  }

  /** So many of four samples right. */
  private static Evaluation evaluation(PackedModel model, int right) {
    Evaluation evaluation = Evaluation.none(model.spec());
    for (int i = 0; i < 4; i++) {
      evaluation.add(0, i < right ? 0 : 1, 1);
    }
    return evaluation;
  }

  @Test
  void withoutValidationTheLastEpochsModelIsKept() {
    ToyTraining training = ToyTraining.of(1, EPOCHS).with((Evaluator) null);
    MemoryStore store = training.store();
    TrainingState state = training.run(store);
    assertThat(state.bestEpoch()).isEqualTo(EPOCHS - 1);
    assertThat(state.bestAccuracy()).isEqualTo(TrainingState.NONE);
    assertThat(store.models).containsKey(EPOCHS - 1);
    assertThat(store.rows.get(1).validationAccuracy()).isNull();
  }

  @Test
  void checkpointsWithinAnEpochOnlyWhenTheyAreDue() {
    ToyTraining often = ToyTraining.of(1, EPOCHS);
    ToyTraining rarely = often.with(Duration.ofHours(1));
    MemoryStore store = rarely.store();
    String sha = ToyTraining.sha256(rarely.run(store));
    assertThat(store.states).hasSize(EPOCHS);
    assertThat(sha).isEqualTo(ToyTraining.sha256(often.run(often.store())));
  }

  @Test
  void tellsEveryStepAndEpoch() {
    ToyTraining training = ToyTraining.of(1, EPOCHS);
    List<String> told = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void stepDone(int epoch, int step, int steps, EpochSums sums) {
            told.add(
                String.format(Locale.ROOT, "%d: %d/%d %d", epoch, step, steps, sums.samples()));
          }

          @Override
          public void epochDone(EpochMetrics row) {
            told.add("epoch " + row.epoch());
          }
        };
    TrainingLoop.Ports ports =
        new TrainingLoop.Ports(
            training.gradients(), training.validation(), training.store(), listener);
    new TrainingLoop(training.network(), training.options(), ports, ModelDescription.of(Map.of()))
        .run();
    assertThat(told)
        .containsExactly(
            "0: 0/3 16",
            "0: 1/3 32",
            "0: 2/3 48",
            "epoch 0",
            "1: 0/3 16",
            "1: 1/3 32",
            "1: 2/3 48",
            "epoch 1");
  }

  @Test
  void refusesToTrainOnLessThanABatch() {
    ToyTraining training = ToyTraining.of(1, 1);
    TrainingOptions few =
        new TrainingOptions(1, 15, 1, 2, 8, Descent.of(Sgd.standard(), 0.1), Duration.ofHours(1));
    assertThatThrownBy(() -> training.with(few).run(training.store()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("train.batch-size: must be at most");
  }

  @Test
  void validationSeesTheModelThatIsKept() throws IOException {
    ToyTraining training = ToyTraining.of(1, 1);
    MemoryStore store = training.store();
    training.run(store);
    byte[] bytes = store.models.get(0);
    PackedModel kept = PackedModel.read(new ByteArrayInputStream(bytes), bytes.length, "model");
    assertThat(kept.description().provenance()).isEqualTo(Map.of("dataset", "stripes"));
    assertThat(training.validation().evaluate(kept).accuracy())
        .isEqualTo(store.rows.get(0).validationAccuracy());
  }

  @Test
  void learnsWhatIsEasyToLearn() {
    int samples = 128;
    ToyTraining toy = ToyTraining.of(1, 1);
    ToyTraining training =
        new ToyTraining(
            ToyTraining.vggsnn(8),
            new TrainingOptions(
                1, samples, 4, 2, 8, Descent.of(Sgd.standard(), 0.1), Duration.ofHours(1)),
            toy.decoder(),
            Stripes.shards(2, samples),
            toy.validation());
    MemoryStore store = training.store();
    training.run(store);
    EpochMetrics first = store.rows.get(0);
    EpochMetrics last = store.rows.get(3);
    assertThat(last.loss()).isLessThan(first.loss() / 2);
    assertThat(last.trainAccuracy()).isGreaterThan(0.85);
    assertThat(last.validationAccuracy()).isGreaterThan(0.9);
  }

  @Test
  void augmentedImagesTrainToTheSameBitsTwice() {
    List<Samples> shards = List.of(synthetic(0), synthetic(1));
    assertThat(trainOnImages(shards)).isEqualTo(trainOnImages(shards));
  }

  private static String trainOnImages(List<Samples> shards) {
    NetworkSpec network = Architectures.RESNET19.spec(1, 2, 3, 32, 10, WeightScheme.REGULATED, 4);
    TrainingOptions options =
        new TrainingOptions(5, 32, 1, 2, 8, Descent.of(Sgd.standard(), 0.1), Duration.ofHours(1));
    SampleDecoder decoder =
        ImageDecoder.training(
            ImageAugmentation.of(
                Transform.CROP, Transform.FLIP, Transform.AUTO_AUGMENT, Transform.CUTOUT),
            SyntheticImages.INPUT,
            SyntheticImages.SIZE,
            5);
    return ToyTraining.sha256(
        new ToyTraining(network, options, decoder, shards, null)
            .run(new MemoryStore(NetworkLayout.of(network))));
  }

  private static Samples synthetic(int rank) {
    long[] ids = new long[16];
    int[] labels = new int[16];
    byte[][] payloads = new byte[16][];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = rank + 2L * i;
      byte[] record = SyntheticImages.record(5, ids[i]);
      labels[i] = record[0];
      payloads[i] = Arrays.copyOfRange(record, 1, record.length);
    }
    return new Samples(ids, labels, payloads);
  }

  @Test
  void averagedWeightsAreKeptWhileTrainingGoesOnWithoutThem() throws IOException {
    ToyTraining plain = ToyTraining.of(1, EPOCHS);
    ToyTraining averaged = averaged();
    MemoryStore store = averaged.store();
    TrainingState state = averaged.run(store);
    assertThat(ToyTraining.sha256(state)).isEqualTo(ToyTraining.sha256(plain.run(plain.store())));

    NetworkLayout layout = NetworkLayout.of(averaged.network());
    Parameters average = state.optimizer().vectors().get("average");
    byte[] bytes = store.models.get(state.bestEpoch());
    PackedModel kept = PackedModel.read(new ByteArrayInputStream(bytes), bytes.length, "model");
    assertThat(state.bestEpoch()).isEqualTo(EPOCHS - 1);
    assertThat(kept.weights())
        .usingRecursiveComparison()
        .isEqualTo(new WeightQuantizer(layout).quantize(average).tensors());
  }

  @Test
  void averagedWeightsResumeToTheSameBits() {
    ToyTraining training = averaged();
    MemoryStore whole = training.store();
    TrainingState uninterrupted = training.run(whole);
    for (int states = 1; states < whole.states.size(); states++) {
      MemoryStore store = training.store().killedAfterStates(states);
      assertThatThrownBy(() -> training.run(store)).isInstanceOf(MemoryStore.Killed.class);
      TrainingState resumed = training.run(store.revived());
      assertThat(resumed.optimizer())
          .usingRecursiveComparison()
          .isEqualTo(uninterrupted.optimizer());
      assertThat(store.models.get(resumed.bestEpoch()))
          .isEqualTo(whole.models.get(uninterrupted.bestEpoch()));
    }
  }

  private static ToyTraining averaged() {
    return ToyTraining.of(1, EPOCHS)
        .with((Evaluator) null)
        .with(Descent.of(Sgd.standard(), 0.1).averaging(new Averaging(0.8)));
  }

  @Test
  void earlyEpochsAreThoseOfANetworkOfFewerTimesteps() {
    ToyTraining few =
        ToyTraining.of(1, EPOCHS)
            .with(
                Architectures.VGGSNN.spec(
                    1, 1, 1, Stripes.SIZE, Stripes.CLASSES, WeightScheme.REGULATED, 8));
    ToyTraining early = ToyTraining.of(1, EPOCHS).with(new EarlyEpochs(1, 1, 0));
    MemoryStore storeOfFew = few.store();
    few.run(storeOfFew);
    MemoryStore store = early.store();
    TrainingState last = early.run(store);

    TrainingState switching = store.state(ToyTraining.STEPS);
    assertThat(switching.epoch()).isEqualTo(1);
    assertThat(switching.parameters().values())
        .isEqualTo(storeOfFew.state(ToyTraining.STEPS).parameters().values());
    for (ParameterLayout.Window window : switching.statistics().layout().windows()) {
      if (window.name().endsWith("membrane_scale")) {
        assertThat(switching.statistics().get(window.name())).containsExactly(0);
        assertThat(last.statistics().get(window.name())[0]).isPositive();
      }
    }
    List<Double> rates = store.rows.get(0).layers().get(0).firingRates();
    assertThat(rates.get(1)).isEqualTo(rates.get(0));
  }

  @Test
  void earlyEpochsResumeToTheSameBits() {
    ToyTraining training = ToyTraining.of(1, EPOCHS).with(new EarlyEpochs(1, 1, 0));
    MemoryStore whole = training.store();
    String uninterrupted = ToyTraining.sha256(training.run(whole));
    for (int states = 1; states < whole.states.size(); states++) {
      MemoryStore store = training.store().killedAfterStates(states);
      assertThatThrownBy(() -> training.run(store)).isInstanceOf(MemoryStore.Killed.class);
      assertThat(ToyTraining.sha256(training.run(store.revived()))).isEqualTo(uninterrupted);
    }
  }

  @Test
  void earlyEpochsMayBeOnSmallerImages() {
    ToyTraining small =
        ToyTraining.of(1, EPOCHS)
            .with(ToyTraining.averaging(Stripes.SIZE / 2))
            .with(ScaledDecoder.of(new Stripes(), Stripes.SIZE / 2))
            .with((Evaluator) null);
    ToyTraining early =
        ToyTraining.of(1, EPOCHS)
            .with(ToyTraining.averaging(Stripes.SIZE))
            .with(new EarlyEpochs(1, 2, Stripes.SIZE / 2));
    MemoryStore storeOfSmall = small.store();
    small.run(storeOfSmall);
    MemoryStore store = early.store();
    early.run(store);

    assertThat(store.state(ToyTraining.STEPS).parameters().values())
        .isEqualTo(storeOfSmall.state(ToyTraining.STEPS).parameters().values());
    assertThat(store.state(ToyTraining.STEPS + 1).parameters().values())
        .isNotEqualTo(storeOfSmall.state(ToyTraining.STEPS + 1).parameters().values());
  }

  @Test
  void earlyEpochsHaveTheSameWeights() {
    assertThatThrownBy(() -> new EarlyEpochs(1, 1, 17).of(ToyTraining.averaging(16)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("train.early-size: must be at most the network's 16; found 17");
    assertThatThrownBy(() -> new EarlyEpochs(1, 1, 15).of(ToyTraining.vggsnn(1)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("train.early-size: input size of vggsnn: must be a multiple of 16; found 15");
    assertThatThrownBy(() -> new EarlyEpochs(1, 1, 8).of(ToyTraining.custom(16, "")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("the weights of this one depend on the size of its input; found 8");
  }
}
