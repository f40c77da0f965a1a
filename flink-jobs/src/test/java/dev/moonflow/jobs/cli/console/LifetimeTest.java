package dev.moonflow.jobs.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifetimeTest {
  private final List<String> closed = new ArrayList<>();

  @Test
  void thingsCloseInReverseOrderAndOnce() {
    Lifetime lifetime = new Lifetime();
    lifetime.add(() -> closed.add("first"));
    lifetime.add(
        () -> {
          closed.add("second");
          throw new IllegalStateException("stays shut");
        });
    lifetime.close();
    lifetime.close();
    assertThat(closed).containsExactly("second", "first");
  }

  @Test
  void whatIsAddedTooLateClosesAtOnce() {
    Lifetime lifetime = new Lifetime();
    lifetime.close();
    assertThatThrownBy(() -> lifetime.add(() -> closed.add("late")))
        .isInstanceOf(IllegalStateException.class);
    assertThat(closed).containsExactly("late");
  }

  @Test
  void aTemporaryFolderGoesWithAllItHolds() throws Exception {
    TemporaryFolder folder = new TemporaryFolder("moonflow-test");
    Path inner = Files.createDirectories(folder.path().resolve("a/b"));
    Files.writeString(inner.resolve("c"), "d");
    folder.close();
    folder.close();
    assertThat(folder.path()).doesNotExist();
  }
}
