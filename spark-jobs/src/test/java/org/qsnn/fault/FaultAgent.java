package org.qsnn.fault;

import static net.bytebuddy.matcher.ElementMatchers.named;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;

/** Weaves faults into a JVM that is started with it. */
public final class FaultAgent {
  private static final String SEPARATOR = ";";

  private FaultAgent() {}

  /** Called by the JVM: a folder for evidence, then faults. */
  public static void premain(String argument, Instrumentation instrumentation) throws IOException {
    String[] parts = argument.split(SEPARATOR, -1);
    List<Fault> faults = Arrays.stream(parts).skip(1).map(Fault::decode).toList();
    Struck.install(Path.of(parts[0]), faults);
    for (Place place : Place.values()) {
      new AgentBuilder.Default()
          .disableClassFormatChanges()
          .type(named(place.className))
          .transform(
              (builder, type, loader, module, domain) ->
                  builder.visit(Advice.to(OnEntry.class).on(named(place.method))))
          .installOn(instrumentation);
    }
  }

  /** Inlined at the beginning of each place's method. */
  static final class OnEntry {
    private OnEntry() {}

    @Advice.OnMethodEnter
    static void enter(
        @Advice.Origin("#t") String className,
        @Advice.This(optional = true) Object self,
        @Advice.AllArguments Object[] arguments) {
      Struck.at(className, self, arguments);
    }
  }

  /** The JVM option that loads the agent. */
  static String option(Path jar, Path evidence, List<Fault> faults) {
    StringBuilder option = new StringBuilder("-javaagent:" + jar + "=" + evidence);
    faults.forEach(fault -> option.append(SEPARATOR).append(fault.encode()));
    return option.toString();
  }

  /** Writes the agent's jar, which is a manifest: its classes are on the class path. */
  static Path writeJar(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", FaultAgent.class.getName());
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    return jar;
  }
}
