package org.qsnn.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.io.TempDir;

/** A folder of the local disk as a store has it. */
abstract class StoredFolder {
  final FileStore files = FileStore.of(new Configuration());
  @TempDir Path folder;

  static Path local(String path) {
    return Path.of(path.substring("file:".length()));
  }

  String path(String name) {
    return folder.resolve(name).toString();
  }

  void write(String name, String text) {
    files.commit(path(name), out -> out.write(text.getBytes(UTF_8)));
  }

  String read(String name) {
    return new String(files.readBytes(path(name), 1000), UTF_8);
  }

  List<String> names(String name) {
    String[] names = folder.resolve(name).toFile().list();
    return List.of(names).stream().sorted().toList();
  }
}
