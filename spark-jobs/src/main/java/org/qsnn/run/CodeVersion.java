package org.qsnn.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.qsnn.DataException;
import org.qsnn.Hashes;
import org.qsnn.model.NetworkSpec;

/**
 * Which code ran.
 *
 * @param version of the build
 * @param commit that the build was told, {@code unknown} if it was told none
 * @param sha256 over our class files, so that an uncommitted change shows; the same for classes in
 *     a folder and in a jar
 */
record CodeVersion(String version, String commit, String sha256) {
  private static final String ROOT = "org/qsnn";
  private static final AtomicReference<CodeVersion> RUNNING = new AtomicReference<>();

  /** Of this JVM, in which it cannot change: reading all classes of the program takes a while. */
  static CodeVersion running() {
    if (RUNNING.get() == null) {
      RUNNING.set(read()); // two threads that come at once read the same
    }
    return RUNNING.get();
  }

  private static CodeVersion read() {
    Map<String, byte[]> classes = new TreeMap<>();
    classes.putAll(classes(location(NetworkSpec.class)));
    classes.putAll(classes(location(CodeVersion.class)));
    return new CodeVersion(
        VersionFile.QSNN.version(), VersionFile.QSNN_COMMIT.version(), sha256(classes));
  }

  /** Our class files by name, in a folder of classes or in a jar. */
  static Map<String, byte[]> classes(Path location) {
    try {
      if (Files.isDirectory(location)) {
        return classesUnder(location);
      }
      try (FileSystem jar = FileSystems.newFileSystem(location)) {
        return classesUnder(jar.getPath("/"));
      }
    } catch (IOException e) {
      throw new DataException(location + ": cannot read the program's own classes: " + e, e);
    }
  }

  /** Over each name, length and content in the order of the names. */
  static String sha256(Map<String, byte[]> classes) {
    MessageDigest digest = Hashes.sha256();
    new TreeMap<>(classes)
        .forEach(
            (name, bytes) -> {
              digest.update((name + " " + bytes.length + "\n").getBytes(UTF_8));
              digest.update(bytes);
            });
    return Hashes.hex(digest);
  }

  private static Map<String, byte[]> classesUnder(Path root) throws IOException {
    Map<String, byte[]> classes = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root.resolve(ROOT))) {
      for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
        classes.put(root.relativize(path).toString(), Files.readAllBytes(path));
      }
    }
    return classes;
  }

  private static Path location(Class<?> type) {
    URI location;
    try {
      location = type.getProtectionDomain().getCodeSource().getLocation().toURI();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the location of " + type + " is not a URI", e);
    }
    return Path.of(location);
  }
}
