package org.qsnn.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.Path;

/**
 * What every operation on a path does: it waits for storage that is away, and turns whatever a file
 * system throws into one sentence to the user.
 *
 * @param patience for storage that is away
 */
record PathOperations(FileSystems systems, Patience patience) {
  /** Something that is done with a path, which is absolute then. */
  interface Action<T> {
    T on(Path path) throws IOException;
  }

  /** An action that may be done again after it has failed. */
  <T> T attempt(String verb, String path, Action<T> action) {
    return once(verb, path, p -> patience.persist(verb, p.toString(), () -> action.on(p)));
  }

  /** An action that does its own waiting, in its parts. */
  <T> T once(String verb, String path, Action<T> action) {
    String named = path;
    try {
      Path absolute = systems.path(path);
      named = absolute.toString();
      return action.on(absolute);
    } catch (IOException e) {
      throw StorageFailure.of(verb, named, e);
    } catch (UncheckedIOException e) {
      throw StorageFailure.of(verb, named, e.getCause());
    } catch (FSError e) {
      throw StorageFailure.of(verb, named, e);
    } catch (IllegalArgumentException e) {
      throw StorageFailure.of(verb, named, e);
    }
  }
}
