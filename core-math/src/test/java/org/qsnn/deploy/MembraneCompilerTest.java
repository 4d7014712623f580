package org.qsnn.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.tensor.FloatTanh;

class MembraneCompilerTest {
  private static final int NEAR = 3000;
  private static final NeuronState STATE = new NeuronState(1, 1);

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8})
  void codesAreThoseOfTheFloatRuleOnBothSidesOfEveryBoundary(int bits) {
    int levels = (1 << (bits - 1)) - 1;
    for (float alpha : new float[] {0.7613f, 0.9999f, 0.2f, 0.031f, 1.5f, 1e-6f, 1e-30f, 1e-44f}) {
      FloatMembrane rule = new FloatMembrane(alpha, levels);
      IntegerMembrane membrane = MembraneCompiler.compile(rule, new long[2 * levels + 1]);
      MembraneCodes table = new MembraneCodes(membrane);
      for (int boundary : membrane.boundaries()) {
        int last = Float.floatToRawIntBits(16f);
        int from = Math.max(0, Math.min(boundary, last) - NEAR);
        for (int key = from; key < Math.min((long) from + 2 * NEAR, last); key++) {
          float u = Float.intBitsToFloat(key);
          assertThat(membrane.code(key)).as("α %s, u %s", alpha, u).isEqualTo(rule.code(u));
          assertThat(code(table, key)).as("α %s, u %s", alpha, u).isEqualTo(rule.code(u));
          assertThat(rule.code(-u)).isEqualTo(-rule.code(u));
        }
      }
    }
  }

  private static int code(MembraneCodes table, int key) {
    STATE.keys()[0] = key;
    STATE.codes()[0] = -1;
    table.find(STATE, 1);
    return STATE.codes()[0];
  }

  /** What makes codes fast: where it fell away, all answers would stay right. */
  @Test
  void usualMembranesHaveATable() {
    for (float alpha : new float[] {0.7613f, 0.9999f, 0.2f}) {
      FloatMembrane rule = new FloatMembrane(alpha, 127);
      assertThat(CodeTable.of(MembraneCompiler.compile(rule, new long[255]))).isNotNull();
    }
  }

  @Test
  void codesAreThoseOfTheFloatRuleEverywhere() {
    FloatMembrane rule = new FloatMembrane(0.95f, 127);
    IntegerMembrane membrane = MembraneCompiler.compile(rule, new long[255]);
    MembraneCodes table = new MembraneCodes(membrane);
    for (int key = 0; key < Float.floatToRawIntBits(20f); key += 997) {
      assertThat(code(table, key)).isEqualTo(rule.code(Float.intBitsToFloat(key)));
    }
  }

  @Test
  void nothingIsLeftWhereAlphaIsZero() {
    IntegerMembrane membrane = MembraneCompiler.compile(new FloatMembrane(0f, 7), new long[15]);
    assertThat(membrane.code(Float.floatToRawIntBits(1f))).isZero();
    assertThat(membrane.code(Integer.MAX_VALUE - 1)).isZero();
  }

  /** What the search for boundaries relies on: every float is looked at. */
  @Test
  void theFloatTanhNeverFallsFurtherThanTheSearchAllows() {
    int largest = 0;
    int fall = 0;
    int bound = Float.floatToRawIntBits(FloatTanh.BOUND);
    for (int key = 0; key <= bound; key++) {
      int v = Float.floatToRawIntBits(FloatTanh.tanh(Float.intBitsToFloat(key)));
      largest = Math.max(largest, v);
      fall = Math.max(fall, largest - v);
    }
    assertThat(fall).isEqualTo(MembraneCompiler.FALL);
  }
}
