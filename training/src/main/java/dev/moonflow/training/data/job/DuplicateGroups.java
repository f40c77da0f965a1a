package dev.moonflow.training.data.job;

import dev.moonflow.training.data.filter.Fingerprint;
import dev.moonflow.training.data.filter.NearDuplicates;
import java.util.List;
import java.util.TreeSet;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.util.Collector;

/** The ids that repeat an earlier example among those that share a key. */
final class DuplicateGroups extends GroupFunction<Long, Tuple2<Long, Fingerprint>, String> {
  static final TypeInformation<Tuple2<Long, Fingerprint>> TYPE =
      Types.TUPLE(Types.LONG, FingerprintSerializer.TYPE);

  private static final long serialVersionUID = 1L;

  DuplicateGroups() {
    super(TYPE);
  }

  @Override
  void group(Long key, List<Tuple2<Long, Fingerprint>> group, Collector<String> out) {
    if (group.size() > 1) {
      new TreeSet<>(NearDuplicates.inBucket(group.stream().map(each -> each.f1).toList()))
          .forEach(out::collect);
    }
  }
}
