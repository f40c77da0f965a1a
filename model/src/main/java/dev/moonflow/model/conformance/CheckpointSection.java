package dev.moonflow.model.conformance;

import dev.moonflow.kernels.Kernels;
import dev.moonflow.model.checkpoint.Checkpoint;
import dev.moonflow.model.checkpoint.FloatFormats;
import dev.moonflow.model.checkpoint.TensorCatalog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reading checkpoints: every tensor the configuration asks for, and BF16 shards against F32. */
final class CheckpointSection implements Section {

  @Override
  public String name() {
    return "checkpoint";
  }

  @Override
  public void run(GoldenFolder golden, Kernels kernels, Report report) {
    if (!golden.hasAll(report, "checkpoint/config.json")) {
      return;
    }
    try (Checkpoint single = Checkpoint.open(golden.checkpoint())) {
      List<TensorCatalog.Entry> catalog = TensorCatalog.of(single.config());
      List<String> names = catalog.stream().map(TensorCatalog.Entry::name).sorted().toList();
      report.equal("tensor names", single.names().stream().sorted().toList(), names);
      if (golden.hasAll(report, "checkpoint_bf16_sharded/config.json")) {
        try (Checkpoint sharded = Checkpoint.open(golden.shardedCheckpoint())) {
          compare(single, sharded, catalog, report);
        }
      }
    }
  }

  private static void compare(
      Checkpoint single, Checkpoint sharded, List<TensorCatalog.Entry> catalog, Report report) {
    report.equal("configuration of the shards", sharded.config(), single.config());
    List<String> mismatches = new ArrayList<>();
    for (TensorCatalog.Entry entry : catalog) {
      float[] expected = single.floats(entry.name(), entry.shape());
      if (sharded.isBf16(entry.name())) {
        for (int i = 0; i < expected.length; i++) {
          expected[i] = FloatFormats.bf16ToFloat(FloatFormats.floatToBf16(expected[i]));
        }
      }
      if (!Arrays.equals(sharded.floats(entry.name(), entry.shape()), expected)) {
        mismatches.add(entry.name() + " is not the F32 tensor rounded");
      }
    }
    report.table("tensors of the shards", catalog.size(), mismatches);
  }
}
