package dev.moonflow.model.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moonflow.kernels.Kernels;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Plans for several hundred sizes, limits and alignment rules, without pixels. */
final class GeometrySection implements Section {
  private static final String TABLE = "preprocess/geometry_table.json";

  @Override
  public String name() {
    return "preprocess";
  }

  @Override
  public void run(GoldenFolder golden, Kernels kernels, Report report) throws IOException {
    if (!golden.hasAll(report, TABLE)) {
      return;
    }
    ObjectNode settings = ImageCase.settings(golden);
    int cases = 0;
    List<String> mismatches = new ArrayList<>();
    for (JsonNode json : golden.json(TABLE)) {
      cases++;
      List<String> differing = ImageCase.of(settings, json).planMismatches();
      if (!differing.isEmpty()) {
        mismatches.add(
            String.format(
                "%d x %d, limit %d: %s",
                json.path("width").asInt(),
                json.path("height").asInt(),
                json.path("in_token_limit").asInt(),
                differing));
      }
    }
    report.table("geometry table", cases, mismatches);
  }
}
