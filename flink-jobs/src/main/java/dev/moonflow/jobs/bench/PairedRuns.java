package dev.moonflow.jobs.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Our rounds and a rival's over the same pages, taken in turns, and the ratio of their medians. */
public final class PairedRuns {
  private final List<Cost> own = new ArrayList<>();
  private final List<Cost> rivals = new ArrayList<>();

  /** One turn of each. */
  public void turn(Cost ours, Rival rival, List<Path> pages) throws Exception {
    own.add(ours.per(pages.size()));
    rivals.add(rival.read(pages).per(pages.size()));
  }

  /** Seconds per page, and how many times ours the rival's are. */
  public Measures table(Rival rival) {
    Cost ours = Cost.median(own);
    Cost theirs = Cost.median(rivals);
    return new Measures(
            "In turns with: "
                + String.join(" ", rival.words())
                + " ("
                + rival.processes()
                + " side by side, environment "
                + rival.environment()
                + ", "
                + own.size()
                + " turns, medians)",
            "",
            "wall ms/page",
            "CPU-ms/page",
            "pages/s")
        .row("moonflow", 1e3 * ours.wallSeconds(), 1e3 * ours.cpuSeconds(), 1 / ours.wallSeconds())
        .row(
            rival.words().get(0),
            1e3 * theirs.wallSeconds(),
            1e3 * theirs.cpuSeconds(),
            1 / theirs.wallSeconds())
        .row(
            "times as fast",
            theirs.wallSeconds() / ours.wallSeconds(),
            theirs.cpuSeconds() / ours.cpuSeconds(),
            theirs.wallSeconds() / ours.wallSeconds());
  }
}
