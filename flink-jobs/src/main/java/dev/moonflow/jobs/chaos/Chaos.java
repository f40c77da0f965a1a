package dev.moonflow.jobs.chaos;

import dev.moonflow.jobs.cli.console.Console;
import dev.moonflow.jobs.cli.console.Lifetime;
import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.model.synthetic.SyntheticCheckpoint;
import dev.moonflow.model.synthetic.SyntheticSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** One run: events through servers that are killed, and what came of it. */
public final class Chaos {
  private final ChaosPlan plan;
  private final Path folder;
  private final DeviceChoice device;
  private final Console console;

  /**
   * A run.
   *
   * @param folder where servers keep their data and their output; empty
   * @param console hears of every fault as it strikes
   */
  public Chaos(ChaosPlan plan, Path folder, DeviceChoice device, Console console) {
    this.plan = plan;
    this.folder = folder;
    this.device = device;
    this.console = console;
  }

  /**
   * Does it.
   *
   * @param checkpoint folder of a model, or null for a small random one
   */
  public ChaosReport run(Path checkpoint) throws Exception {
    long begin = System.nanoTime();
    Path model = checkpoint == null ? randomModel() : checkpoint;
    ChaosEvents events = new ChaosEvents(plan.seed());
    List<Fault> faults = FaultSchedule.of(plan.seed(), plan.kills(), plan.taskManagers());
    console.note("seed " + plan.seed());
    Reference reference =
        Reference.of(model, device, events, plan.events(), new ShownProgress(console, plan));
    console.note("%7.1f s  the bare engine has written its answers".formatted(seconds(begin)));
    RecoveryClock recoveries = new RecoveryClock();
    try (Lifetime lifetime = new Lifetime()) {
      Servers servers = lifetime.add(new Servers(folder, plan, model, device));
      servers.start();
      console.note("%7.1f s  the job runs".formatted(seconds(begin)));
      ReferenceRecords records =
          lifetime.add(new ReferenceRecords(events, reference, servers.registry()));
      Checker checker = new Checker(records);
      CommittedReader reader =
          lifetime.add(
              new CommittedReader(servers.bootstrap(), Servers.PARTITIONS, checker, recoveries));
      EventFeed feed = lifetime.add(new EventFeed(servers.bootstrap(), servers.registry(), events));
      Director director =
          new Director(plan, faults, servers, feed, reader, checker, recoveries, console);
      try {
        director.run();
      } catch (Director.StuckException e) {
        checker.report(Violation.Kind.STUCK, e.getMessage());
      }
      checker.end();
      return new ChaosReport(
          plan,
          faults,
          checker.tally(),
          checker.violations(),
          checker.examples(),
          recoveries,
          servers.tokensComputed(),
          director.diedByThemselves(),
          Duration.ofNanos(System.nanoTime() - begin));
    }
  }

  private Path randomModel() throws Exception {
    Path made = folder.resolve("model");
    SyntheticCheckpoint.write(made, SyntheticSpec.small(plan.seed()));
    return made;
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  /** Shows on a terminal how far the reference is. */
  private record ShownProgress(Console console, ChaosPlan plan)
      implements java.util.function.IntConsumer {
    @Override
    public void accept(int done) {
      if (console.terminal()) {
        String end = done == plan.events() ? "\r\u001b[K" : "";
        console
            .err()
            .printf(Locale.ROOT, "\r\u001b[K  bare engine: %d of %d%s", done, plan.events(), end);
        console.err().flush();
      }
    }
  }
}
