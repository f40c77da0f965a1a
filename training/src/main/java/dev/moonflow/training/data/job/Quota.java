package dev.moonflow.training.data.job;

import dev.moonflow.training.data.filter.StableOrder;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.util.Collector;

/** The ids beyond the quota of a bucket: those that come last in the order of the corpus. */
final class Quota extends GroupFunction<String, Tuple3<String, Long, String>, String> {
  /** Bucket, order, id. */
  static final TypeInformation<Tuple3<String, Long, String>> TYPE =
      Types.TUPLE(Types.STRING, Types.LONG, Types.STRING);

  private static final long serialVersionUID = 1L;
  private final long most;

  Quota(long most) {
    super(TYPE);
    this.most = most;
  }

  @Override
  void group(String bucket, List<Tuple3<String, Long, String>> group, Collector<String> out) {
    group.sort((a, b) -> StableOrder.compare(a.f1, a.f2, b.f1, b.f2));
    for (int i = (int) Math.min(most, group.size()); i < group.size(); i++) {
      out.collect(group.get(i).f2);
    }
  }
}
