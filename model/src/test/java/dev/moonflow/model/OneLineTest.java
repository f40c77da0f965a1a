package dev.moonflow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.moonflow.model.checkpoint.CheckpointException;
import dev.moonflow.model.checkpoint.JsonFields;
import dev.moonflow.model.tokenizer.Tokenizer;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of broken files is one line, and what a small one claims takes little memory. */
class OneLineTest {
  @TempDir Path dir;

  @Test
  void aValueOfAnyLengthIsQuotedInOneLine() throws Exception {
    Path file = dir.resolve("config.json");
    Files.writeString(file, "{\"heads\": {\"a\":[" + "1,".repeat(10_000) + "\"\\n\"]}}");
    assertThatThrownBy(() -> JsonFields.read(file).integer("heads", 1))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("heads must be an integer of at least 1, found {\"a\":[1,1")
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(900));
    Files.writeString(file, "{\"a\": fal\u0010se}");
    assertThatThrownBy(() -> JsonFields.read(file))
        .satisfies(e -> assertThat(e.getMessage().chars()).noneMatch(Character::isISOControl));
  }

  @Test
  void aHighRankTakesNoMemoryForThoseBelowIt() throws Exception {
    Path file = dir.resolve("tiktoken.model");
    Files.writeString(file, "IQ== 0\n");
    assertThatThrownBy(() -> Tokenizer.load(dir)).isInstanceOf(CheckpointException.class);
    Files.writeString(file, "IQ== 16777215\n");
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    assertThatThrownBy(() -> Tokenizer.load(dir)).hasMessageContaining("no token of rank 0");
    long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    assertThat(allocated).isLessThan(4 << 20);
  }
}
