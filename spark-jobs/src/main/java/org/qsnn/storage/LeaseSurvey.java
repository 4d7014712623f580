package org.qsnn.storage;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.qsnn.storage.LeaseFiles.Sighting;

/**
 * Which of many folders somebody works in. A lease whose holder is on another machine, or cannot be
 * seen, is watched for a heartbeat, all such leases together; as in {@link LeaseWatch} no clocks
 * are compared.
 */
public final class LeaseSurvey {
  /** One heartbeat, and time to write it. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final FileStore files;
  private final Sleeper pause;

  private LeaseSurvey(FileStore files, Sleeper pause) {
    this.files = files;
    this.pause = pause;
  }

  /** Those of the folders whose lease is held by a process that lives. */
  public static Set<String> worked(FileStore files, Collection<String> folders) {
    return worked(files, folders, Sleeper::sleep);
  }

  static Set<String> worked(FileStore files, Collection<String> folders, Sleeper pause) {
    return new LeaseSurvey(files, pause).worked(folders);
  }

  private Set<String> worked(Collection<String> folders) {
    Set<String> worked = new HashSet<>();
    Map<String, Sighting> unclear = new HashMap<>();
    for (String folder : folders) {
      Optional<Sighting> lease = look(folder).filter(sighting -> !isFree(sighting));
      if (lease.isPresent() && isSeen(lease.get())) {
        worked.add(folder);
      } else {
        lease.ifPresent(sighting -> unclear.put(folder, sighting));
      }
    }
    for (Duration waited = Duration.ZERO;
        !unclear.isEmpty() && waited.compareTo(PATIENCE) < 0;
        waited = waited.plus(BETWEEN_LOOKS)) {
      pause.of(BETWEEN_LOOKS);
      worked.addAll(changed(unclear));
      unclear.keySet().removeAll(worked);
    }
    return worked;
  }

  private Set<String> changed(Map<String, Sighting> leases) {
    Set<String> changed = new HashSet<>();
    leases.forEach(
        (folder, before) -> {
          Optional<Sighting> now = look(folder);
          if (!now.equals(Optional.of(before)) && !now.map(LeaseSurvey::isFree).orElse(true)) {
            changed.add(folder);
          }
        });
    return changed;
  }

  private Optional<Sighting> look(String folder) {
    return new LeaseFiles(files, folder).look();
  }

  private static boolean isFree(Sighting lease) {
    return lease.entry().isReleased()
        || lease.holder().filter(holder -> holder.process().isGone()).isPresent();
  }

  private static boolean isSeen(Sighting lease) {
    return lease
        .holder()
        .filter(holder -> Lease.beatsHere(holder) || holder.process().runsHere())
        .isPresent();
  }
}
