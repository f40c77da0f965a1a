package dev.moonflow.model.conformance;

import dev.moonflow.kernels.Kernels;
import dev.moonflow.kernels.RgbImage;
import dev.moonflow.kernels.math.Rotary;
import dev.moonflow.kernels.packing.PackedPatches;
import dev.moonflow.kernels.packing.PackingSpec;
import dev.moonflow.kernels.packing.RopeTable;
import dev.moonflow.model.checkpoint.VisionConfig;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parts of the vision tower on their own: 2D rotary tables, rotation, position interpolation. */
final class VisionPartsSection implements Section {
  private static final String ROPE = "vision_parts/rope2d.safetensors";
  private static final String POSITIONS = "vision_parts/";
  private static final Pattern GRID = Pattern.compile("grid_(\\d+)x(\\d+)_dim(\\d+)\\.cos");
  private static final Pattern FAR = Pattern.compile("(.*_dim(\\d+))\\.row_col");
  private static final Pattern OUT = Pattern.compile("out_(\\d+)x(\\d+)");

  @Override
  public String name() {
    return "vision_parts";
  }

  @Override
  public void run(GoldenFolder golden, Kernels kernels, Report report) throws IOException {
    if (golden.hasAll(report, ROPE)) {
      GoldenTensors rope = golden.tensors(ROPE);
      for (String name : rope.names()) {
        Matcher grid = GRID.matcher(name);
        Matcher far = FAR.matcher(name);
        if (grid.matches()) {
          gridTable(grid, rope, kernels, report);
        } else if (far.matches()) {
          farCells(far.group(1), Integer.parseInt(far.group(2)), rope, report);
        }
      }
      if (rope.has("apply.x")) {
        rotation(rope, kernels, report);
      }
    }
    for (String file : golden.names("vision_parts", ".safetensors")) {
      if (file.startsWith("pos_emb")) {
        interpolation(file, golden.tensors(POSITIONS + file + ".safetensors"), kernels, report);
      }
    }
  }

  private static void gridTable(Matcher name, GoldenTensors rope, Kernels kernels, Report report) {
    int rows = Integer.parseInt(name.group(1));
    int cols = Integer.parseInt(name.group(2));
    int headDim = Integer.parseInt(name.group(3));
    String prefix = name.group().substring(0, name.group().length() - ".cos".length());
    PackedPatches packed = pack(rows, cols, headDim, noPositions(), kernels);
    compare(prefix, packed.ropeCos(), packed.ropeSin(), rope, report);
  }

  /** Cells of the table that no image reaches in a test: taken from the table of one axis. */
  private static void farCells(String prefix, int headDim, GoldenTensors rope, Report report) {
    int[] rowCol = rope.ints(prefix + ".row_col");
    RopeTable table = RopeTable.of(headDim, VisionConfig.ROPE_THETA);
    int n = table.frequencies();
    float[] cos = new float[rowCol.length * n];
    float[] sin = new float[rowCol.length * n];
    for (int cell = 0; cell < rowCol.length / 2; cell++) {
      for (int i = 0; i < 2 * n; i++) {
        // Even slots follow the column, odd slots the row.
        int position = rowCol[2 * cell + (i % 2 == 0 ? 1 : 0)];
        cos[cell * 2 * n + i] = table.cos()[position * n + i / 2];
        sin[cell * 2 * n + i] = table.sin()[position * n + i / 2];
      }
    }
    compare(prefix, cos, sin, rope, report);
  }

  private static void compare(
      String prefix, float[] cos, float[] sin, GoldenTensors rope, Report report) {
    report.close(prefix + " cos", cos, rope.floats(prefix + ".cos"), Tolerances.ROTARY_TABLE);
    report.close(prefix + " sin", sin, rope.floats(prefix + ".sin"), Tolerances.ROTARY_TABLE);
  }

  private static void rotation(GoldenTensors rope, Kernels kernels, Report report) {
    int[] grid = rope.ints("apply.grid_hw");
    int[] shape = rope.shape("apply.x"); // [R * C, heads, d]
    int heads = shape[1];
    int d = shape[2];
    PackedPatches packed = pack(grid[0], grid[1], d, noPositions(), kernels);
    float[] x = rope.floats("apply.x").clone();
    Rotary.apply(x, 0, heads * d, shape[0], heads, d, d, packed.ropeCos(), packed.ropeSin(), 0);
    report.close("rotated vectors", x, rope.floats("apply.y"), Tolerances.ROTARY_TABLE);
  }

  private static void interpolation(
      String file, GoldenTensors tensors, Kernels kernels, Report report) {
    int[] shape = tensors.shape("table");
    PackingSpec.PositionTable table =
        new PackingSpec.PositionTable(shape[0], shape[1], shape[2], tensors.floats("table"));
    for (String name : tensors.names()) {
      Matcher out = OUT.matcher(name);
      if (out.matches()) {
        int rows = Integer.parseInt(out.group(1));
        int cols = Integer.parseInt(out.group(2));
        float[] positions = pack(rows, cols, 4, table, kernels).positions();
        String quantity = file + " to " + rows + " x " + cols;
        report.close(quantity, positions, tensors.floats(name), Tolerances.POSITIONS);
      }
    }
  }

  private static PackingSpec.PositionTable noPositions() {
    return new PackingSpec.PositionTable(1, 1, 1, new float[1]);
  }

  /** The tables of a black image with a grid of this size; its patches are single pixels. */
  private static PackedPatches pack(
      int rows, int cols, int headDim, PackingSpec.PositionTable positions, Kernels kernels) {
    float[] ones = {1f, 1f, 1f};
    PackingSpec spec = new PackingSpec(1, ones, ones, headDim, VisionConfig.ROPE_THETA, positions);
    RgbImage image = new RgbImage(cols, rows, new byte[rows * cols * 3]);
    return kernels.patchPacker().pack(List.of(image), spec);
  }
}
