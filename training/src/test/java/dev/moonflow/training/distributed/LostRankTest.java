package dev.moonflow.training.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ranks that stop or do not come: the others say so and end. */
class LostRankTest {
  @TempDir Path dir;

  @Test
  @Timeout(120)
  void aRankThatDiesEndsTheOthersWithAClearSentence() throws IOException, InterruptedException {
    List<String> lines = new CopyOnWriteArrayList<>();
    int[] codes =
        new RankLauncher(3, Duration.ofSeconds(30), (rank, line) -> lines.add(line))
            .run(RankMain.class, List.of("die"));
    assertThat(codes).containsExactly(RankMain.STOPPED, RankMain.STOPPED, RankMain.KILLED);
    assertThat(lines)
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("STOPPED rank 0 of 3 stops in all-reduce after ")
                    .endsWith(
                        "another rank has closed its connection, most likely because it stopped"))
        .anySatisfy(line -> assertThat(line).startsWith("STOPPED rank 1 of 3 stops in all-reduce"));
  }

  @Test
  @Timeout(120)
  void aRankThatDoesNotComeIsWaitedForNoLongerThanTheTimeOut()
      throws IOException, InterruptedException {
    List<String> lines = new CopyOnWriteArrayList<>();
    int[] codes =
        new RankLauncher(2, Duration.ofSeconds(8), (rank, line) -> lines.add(line))
            .run(RankMain.class, List.of("hang"));
    assertThat(codes[0]).isEqualTo(RankMain.STOPPED);
    assertThat(codes[1]).isNotZero();
    assertThat(lines)
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("STOPPED rank 0 of 2 stops in all-gather after ")
                    .endsWith("the others did not come within 8000 ms"));
  }

  @ParameterizedTest
  @CsvSource({"file", "tcp"})
  @Timeout(120)
  void aGroupThatIsNeverCompleteIsGivenUp(String kind) throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Rendezvous rendezvous =
        kind.equals("tcp")
            ? new Rendezvous.Tcp("127.0.0.1", port)
            : new Rendezvous.File(dir.resolve("meeting"));
    RankPlace place = new RankPlace(0, 2, rendezvous, "127.0.0.1", Duration.ofSeconds(2));
    assertThatThrownBy(() -> RankGroup.join(place))
        .isInstanceOf(CollectiveException.class)
        .hasMessageStartingWith("rank 0 of 2 stops in joining the group at " + kind + "://")
        .hasMessageEndingWith("the others did not come within 2000 ms");
  }

  @Test
  void aPlaceIsReadFromTheEnvironmentAndBadOnesAreNamed() {
    RankPlace place =
        new RankPlace(
            2, 4, new Rendezvous.Tcp("node-0", 29_500), "10.0.0.7", Duration.ofSeconds(40));
    assertThat(RankPlace.fromEnvironment(place.toEnvironment())).contains(place);
    assertThat(RankPlace.fromEnvironment(Map.of())).isEmpty();
    assertThatThrownBy(
            () -> RankPlace.fromEnvironment(Map.of("MOONFLOW_RANK", "0", "MOONFLOW_RANKS", "two")))
        .hasMessage("environment variable MOONFLOW_RANKS should be a number, not two");
    assertThatThrownBy(() -> Rendezvous.parse("udp://x:1"))
        .hasMessage("rendezvous udp://x:1 is neither tcp://HOST:PORT nor file://PATH");
    assertThatThrownBy(() -> new RankPlace(2, 2, place.rendezvous()))
        .hasMessage("rank 2 of 2 ranks cannot be");
  }
}
