package dev.moonflow.training.experiment;

import static dev.moonflow.training.experiment.ComparisonOutcome.best;

import java.awt.Color;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The comparison of optimizers as a page, two pictures and a table of all measurements. */
final class ComparisonReport {
  private static final String NAME = "muon-and-adamw";
  private static final Color BLUE = new Color(0x1f77b4);
  private static final Color RED = new Color(0xd62728);
  private static final Color ORANGE = new Color(0xff7f0e);
  private static final Color GREY = new Color(0x999999);

  private ComparisonReport() {}

  /** Table of all measurements of a folder. */
  static Path table(Path folder) {
    return folder.resolve(NAME + ".csv");
  }

  /** Writes page, pictures and table into a folder. */
  static void write(ComparisonOutcome outcome, Path folder) throws IOException {
    Files.createDirectories(folder);
    CurveTable.write(table(folder), outcome.curves());
    save(curves(outcome), folder.resolve(NAME + "-curves.png"));
    save(rates(outcome), folder.resolve(NAME + "-rates.png"));
    Files.writeString(folder.resolve(NAME + ".md"), page(outcome), StandardCharsets.UTF_8);
  }

  private static void save(XYChart chart, Path png) throws IOException {
    BitmapEncoder.saveBitmap(chart, png.toString(), BitmapFormat.PNG);
  }

  private static XYChart chart(String title, String x) {
    XYChart chart =
        new XYChartBuilder()
            .width(860)
            .height(500)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle("held-out loss, nats per token")
            .build();
    chart.getStyler().setLegendPosition(LegendPosition.InsideNE);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    return chart;
  }

  private static XYChart curves(ComparisonOutcome outcome) {
    LossCurve adamw = best(outcome.adamw());
    LossCurve muon = best(outcome.muon());
    double target = adamw.last();
    XYChart chart = chart("Both at their best learning rate", "step");
    line(chart, "AdamW, rate " + adamw.rate(), adamw, BLUE);
    line(chart, "Muon, rate " + muon.rate(), muon, RED);
    outcome.shortened().stream()
        .filter(curve -> curve.last() <= target)
        .findFirst()
        .ifPresent(
            curve -> line(chart, "Muon, whole run of " + curve.length() + " steps", curve, ORANGE));
    double[] ends = {0, outcome.plan().steps()};
    chart
        .addSeries("AdamW's final loss", ends, new double[] {target, target})
        .setMarker(SeriesMarkers.NONE)
        .setLineColor(GREY);
    double lowest = Math.min(muon.last(), target);
    chart.getStyler().setYAxisMin(lowest - 0.05).setYAxisMax(lowest + 1.2);
    return chart;
  }

  private static void line(XYChart chart, String name, LossCurve curve, Color color) {
    chart
        .addSeries(name, curve.steps(), curve.losses())
        .setMarker(SeriesMarkers.NONE)
        .setLineColor(color);
  }

  private static XYChart rates(ComparisonOutcome outcome) {
    XYChart chart = chart("Final loss over the grid", "peak learning rate");
    chart.getStyler().setXAxisLogarithmic(true);
    chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
    points(chart, ComparisonOutcome.ADAMW, outcome.adamw(), BLUE);
    points(chart, ComparisonOutcome.MUON, outcome.muon(), RED);
    return chart;
  }

  private static void points(XYChart chart, String name, List<LossCurve> runs, Color color) {
    chart
        .addSeries(
            name,
            runs.stream().map(LossCurve::rate).toList(),
            runs.stream().map(LossCurve::last).toList())
        .setMarker(SeriesMarkers.CIRCLE)
        .setMarkerColor(color)
        .setLineColor(color);
  }

  private static String page(ComparisonOutcome outcome) {
    ComparisonPlan plan = outcome.plan();
    LossCurve adamw = best(outcome.adamw());
    LossCurve muon = best(outcome.muon());
    StringBuilder page = new StringBuilder();
    page.append("# Muon and AdamW on the same small run\n\n");
    page.append(
        "Written by `./moonflow experiment optimizers`; every number is from this run.\n\n");
    page.append(
        format(
            """
            **AdamW at its best rate (%s) ends at %.4f nats per token after %d steps. Muon at its best rate (%s) ends at %.4f
            and needs %.2f of the steps for AdamW's loss**: the shortest whole run (schedule and all) that ends there or below.
            Within its full run, whose rate is still high then, it crosses that loss at %.2f of the steps.

            """,
            adamw.rate(),
            adamw.last(),
            plan.steps(),
            muon.rate(),
            muon.last(),
            outcome.share(),
            outcome.crossing()));
    page.append("![curves](" + NAME + "-curves.png)\n\n![rates](" + NAME + "-rates.png)\n\n");
    page.append("| peak learning rate | AdamW | Muon |\n|---:|---:|---:|\n");
    for (int i = 0; i < plan.rates().size(); i++) {
      page.append(
          format(
              "| %s | %.4f | %.4f |\n",
              plan.rates().get(i), outcome.adamw().get(i).last(), outcome.muon().get(i).last()));
    }
    page.append("\n| whole runs of Muon at rate " + muon.rate() + " | final loss |\n|---|---:|\n");
    for (LossCurve curve : outcome.shortened()) {
      page.append(
          format(
              "| %d steps (%.2f) | %.4f |\n",
              curve.length(), (double) curve.length() / plan.steps(), curve.last()));
    }
    page.append(setting(outcome));
    return page.toString();
  }

  private static String setting(ComparisonOutcome outcome) {
    ComparisonPlan plan = outcome.plan();
    double seconds = outcome.curves().stream().mapToDouble(LossCurve::seconds).sum();
    return format(
        """

        Model: 3 MLA layers of width 64, the first dense, then 8 experts of which a token takes 2, and two shared ones; %d words.
        Text: the made-up language of `MadeUpLanguage`, %d documents of %d tokens a step, no document twice; the loss is that of
        64 documents never trained on. Both: the same first weights and documents, weight decay 0.1, gradients clipped at 1,
        rate linear from 0 over a tenth of the steps and linear to 0 after, seed %d, float32, one thread. Muon: matrices but
        embedding and head, which AdamW has; momentum 0.95 with Nesterov, five Newton-Schulz rounds. AdamW: betas 0.9 and
        0.95, eps 1e-8. One seed, one size: the share is of this run, not a law. All %d runs took %.0f seconds together.
        """,
        MadeUpLanguage.WORDS,
        plan.documents(),
        plan.length(),
        plan.seed(),
        outcome.curves().size(),
        seconds);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
