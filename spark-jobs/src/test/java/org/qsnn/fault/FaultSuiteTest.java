package org.qsnn.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * The list of the fault tests names tests that there are. Whether they ran and passed is seen when
 * all others have run; a test that was moved is seen here, minutes earlier.
 */
class FaultSuiteTest {
  @Test
  void everyLineNamesATest() throws IOException {
    List<String> unknown = new ArrayList<>();
    for (String line : lines()) {
      String[] parts = line.split("\\s+");
      if (!isTest(parts[0], parts[1])) {
        unknown.add(line);
      }
    }

    assertThat(unknown).isEmpty();
  }

  private static List<String> lines() throws IOException {
    try (var list = FaultSuiteTest.class.getResourceAsStream("/fault-suite.txt")) {
      return new String(list.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    }
  }

  private static boolean isTest(String name, String method) {
    try {
      Class<?> type = Class.forName(name, false, FaultSuiteTest.class.getClassLoader());
      return Arrays.stream(type.getDeclaredMethods())
          .filter(declared -> declared.getName().equals(method))
          .anyMatch(FaultSuiteTest::isTest);
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static boolean isTest(Method method) {
    return AnnotationSupport.isAnnotated(method, Testable.class);
  }
}
