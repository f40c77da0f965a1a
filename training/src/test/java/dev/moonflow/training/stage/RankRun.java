package dev.moonflow.training.stage;

import dev.moonflow.training.distributed.RankGroup;
import dev.moonflow.training.distributed.RankLauncher;
import dev.moonflow.training.distributed.RankPlace;
import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.trainer.StopSignal;
import java.nio.file.Path;
import java.util.Optional;

/** One rank of a run that two processes make together; stops after step 4. */
final class RankRun {
  private RankRun() {}

  public static void main(String[] arguments) {
    Ops.threads(1);
    RankLauncher.endWithLauncher();
    RankPlace place = RankPlace.fromEnvironment(System.getenv()).orElseThrow();
    StopSignal stop = StopSignal.manual();
    try (RankGroup group = RankGroup.join(place)) {
      GroupRanks ranks = new GroupRanks(group);
      RunSettings settings =
          new RunSettings(
              Path.of(arguments[0]),
              Optional.empty(),
              true,
              new SmallSources(),
              ranks,
              ranks::optimizers,
              // Only the first rank hears of steps; the other must stop with it all the same.
              Runs.steps(record -> Runs.stopAt(record, 4, stop)),
              stop);
      new RecipeRunner(TwoRanksTest.recipe(), settings).run();
    }
    System.exit(0);
  }
}
