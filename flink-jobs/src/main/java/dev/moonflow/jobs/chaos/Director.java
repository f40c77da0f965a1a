package dev.moonflow.jobs.chaos;

import dev.moonflow.jobs.chaos.Fault.Action;
import dev.moonflow.jobs.cli.console.Console;
import dev.moonflow.jobs.cli.console.Lifetime;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Strikes the faults of a schedule one after the other, brings every server back, and starts again
 * what died by itself, as a supervisor of processes does. Before and after each fault it lets some
 * of the events go, so that there is work whenever one strikes.
 */
final class Director {
  private static final long LOOK_MS = 50;

  private final ChaosPlan plan;
  private final List<Fault> faults;
  private final Servers servers;
  private final EventFeed feed;
  private final CommittedReader reader;
  private final Checker checker;
  private final RecoveryClock recoveries;
  private final Console console;
  private final long begin = System.nanoTime();
  private int diedByThemselves;

  Director(
      ChaosPlan plan,
      List<Fault> faults,
      Servers servers,
      EventFeed feed,
      CommittedReader reader,
      Checker checker,
      RecoveryClock recoveries,
      Console console) {
    this.plan = plan;
    this.faults = faults;
    this.servers = servers;
    this.feed = feed;
    this.reader = reader;
    this.checker = checker;
    this.recoveries = recoveries;
    this.console = console;
  }

  /** Something that must come does not. */
  static final class StuckException extends Exception {
    private static final long serialVersionUID = 1L;

    StuckException(String message) {
      super(message);
    }
  }

  /** Servers that ended though nobody struck them. */
  int diedByThemselves() {
    return diedByThemselves;
  }

  /** Runs the whole schedule and waits for everything that is still to come. */
  void run() throws Exception {
    int slices = 2 * (faults.size() + 1);
    feed.release(share(1, slices));
    awaitOutputs(checker.tally().results() + 1);
    for (int i = 0; i < faults.size(); i++) {
      Fault fault = faults.get(i);
      feed.release(share(2 * i + 2, slices));
      pause(fault.gap());
      RecoveryClock.Wait wait = strike(i + 1, fault);
      feed.release(share(2 * i + 3, slices));
      pause(fault.lasting());
      bringBack(fault);
      if (i + 1 == faults.size() || !faults.get(i + 1).hasty()) {
        awaitRecovery(wait);
      }
    }
    feed.release(plan.events());
    while (checker.tally().events() < plan.events() || checker.tally().waiting() > 0) {
      look();
    }
    pause(plan.checkpoints().multipliedBy(3).plusSeconds(1)); // for what comes once too often
  }

  private int share(int slice, int slices) {
    return (int) ((long) plan.events() * slice / slices);
  }

  private RecoveryClock.Wait strike(int number, Fault fault) throws Exception {
    Checker.Tally tally = checker.tally();
    say(
        "fault %d of %d: %s; %d results, %d waiting",
        number, faults.size(), fault, tally.results(), tally.waiting());
    RecoveryClock.Wait wait = recoveries.struck(fault, System.currentTimeMillis());
    servers.of(fault).strike(fault.action());
    return wait;
  }

  private void bringBack(Fault fault) throws Exception {
    servers.of(fault).comeBack(fault.action());
    if (fault.target() == Target.JOB_MANAGER && fault.action() != Action.PAUSE) {
      say("the job is submitted again, from %s", servers.submit());
    }
  }

  private void awaitOutputs(int results) throws Exception {
    while (checker.tally().results() < results) {
      look();
    }
  }

  /** Until a result was written after the fault, or there is nothing left that could be. */
  private void awaitRecovery(RecoveryClock.Wait wait) throws Exception {
    while (!recoveries.recovered(wait) && checker.tally().waiting() > 0) {
      look();
    }
    if (recoveries.recovered(wait)) {
      say("recovered after %.1f s", recoveries.millis(wait) / 1e3);
    }
  }

  private void pause(Duration time) throws Exception {
    long until = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < until) {
      look();
    }
  }

  /** Waits a moment and sees to what has happened meanwhile. */
  private void look() throws Exception {
    Thread.sleep(LOOK_MS);
    if (Lifetime.stopping()) {
      throw new InterruptedException("the process is stopping");
    }
    feed.check();
    reader.check();
    for (Server server : servers.all()) {
      if (server.hasDied()) {
        diedByThemselves++;
        say("%s died by itself and is started again", server.target().label());
        server.start();
        if (server.target() == Target.JOB_MANAGER) {
          say("the job is submitted again, from %s", servers.submit());
        }
      }
    }
    if (reader.silenceNanos() > plan.silenceMax().toNanos()) {
      Checker.Tally tally = checker.tally();
      throw new StuckException(
          String.format(
              Locale.ROOT,
              "nothing came for %d s, with %d events waiting; %s",
              plan.silenceMax().toSeconds(),
              tally.waiting(),
              servers.jobs()));
    }
    show();
  }

  private void show() {
    if (console.terminal()) {
      Checker.Tally tally = checker.tally();
      int width = 30;
      int done = (int) ((long) width * tally.results() / plan.events());
      console
          .err()
          .printf(
              Locale.ROOT,
              "\r\u001b[K  %s%s %d of %d records",
              "#".repeat(done),
              ".".repeat(width - done),
              tally.results(),
              plan.events());
      console.err().flush();
    }
  }

  private void say(String format, Object... values) {
    String line = String.format(Locale.ROOT, format, values);
    String clear = console.terminal() ? "\r\u001b[K" : "";
    console.note(
        clear + String.format(Locale.ROOT, "%7.1f s  %s", (System.nanoTime() - begin) / 1e9, line));
  }
}
