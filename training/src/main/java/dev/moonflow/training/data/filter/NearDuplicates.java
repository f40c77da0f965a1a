package dev.moonflow.training.data.filter;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which examples repeat another. The rule looks at pairs only: an example goes if any example
 * before it in the corpus is near it, kept or not. So buckets of a key can be looked at apart and
 * in any order, and the result does not depend on how work is spread.
 */
public final class NearDuplicates {
  /** Members of a bucket that each other one is compared with: the first ones of the corpus. */
  private static final int COMPARED_MAX = 256;

  private NearDuplicates() {}

  /** The ids that go among the members of one bucket. */
  public static Set<String> inBucket(List<Fingerprint> bucket) {
    List<Fingerprint> ordered = new ArrayList<>(bucket);
    ordered.sort(
        Comparator.comparing(
            each -> each, (a, b) -> StableOrder.compare(a.order(), a.id(), b.order(), b.id())));
    Set<String> gone = new HashSet<>();
    for (int i = 1; i < ordered.size(); i++) {
      for (int j = 0; j < Math.min(i, COMPARED_MAX); j++) {
        if (!ordered.get(j).id().equals(ordered.get(i).id())
            && ordered.get(j).isNear(ordered.get(i))) {
          gone.add(ordered.get(i).id());
          break;
        }
      }
    }
    return gone;
  }

  /** The ids that go in a whole corpus that fits memory. */
  public static Set<String> in(List<Fingerprint> corpus) {
    Map<Long, List<Fingerprint>> buckets = new HashMap<>();
    for (Fingerprint each : corpus) {
      for (long key : each.keys()) {
        buckets.computeIfAbsent(key, k -> new ArrayList<>()).add(each);
      }
    }
    Set<String> gone = new HashSet<>();
    buckets.values().forEach(bucket -> gone.addAll(inBucket(bucket)));
    return gone;
  }
}
