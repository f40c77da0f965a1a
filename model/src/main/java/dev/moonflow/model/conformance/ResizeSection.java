package dev.moonflow.model.conformance;

import dev.moonflow.kernels.Kernels;
import dev.moonflow.model.image.BicubicResizer;
import java.io.IOException;

/** Bicubic resampling, byte for byte. */
final class ResizeSection implements Section {
  private static final String TENSORS = "preprocess/resize_bicubic.safetensors";

  @Override
  public String name() {
    return "preprocess";
  }

  @Override
  public void run(GoldenFolder golden, Kernels kernels, Report report) throws IOException {
    if (!golden.hasAll(report, TENSORS)) {
      return;
    }
    GoldenTensors tensors = golden.tensors(TENSORS);
    for (String name : tensors.names()) {
      if (!name.endsWith(".in")) {
        continue;
      }
      String output = name.substring(0, name.length() - ".in".length()) + ".out";
      int[] from = tensors.shape(name);
      int[] to = tensors.shape(output);
      byte[] resized =
          BicubicResizer.resize(tensors.bytes(name), from[1], from[0], from[2], to[1], to[0]);
      String quantity = String.format("bicubic %d x %d to %d x %d", from[1], from[0], to[1], to[0]);
      report.exact(quantity, resized, tensors.bytes(output));
    }
  }
}
