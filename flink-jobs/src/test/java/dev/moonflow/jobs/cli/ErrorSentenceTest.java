package dev.moonflow.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.jobs.cli.console.UserException;
import dev.moonflow.jobs.settings.SettingsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class ErrorSentenceTest {

  @Test
  void theFirstExceptionThatWasWrittenForPeopleSpeaks() {
    Exception e =
        new RuntimeException(
            "wrapped", new UserException("The cat sat on it.", new IOException("deep")));
    assertThat(ErrorSentence.of(e)).isEqualTo(new ErrorSentence("The cat sat on it.", false));
  }

  @Test
  void aMissingFileIsNamed() {
    Exception e = new UncheckedIOException(new NoSuchFileException("scan.png"));
    assertThat(ErrorSentence.of(e).text()).isEqualTo("scan.png does not exist.");
  }

  @Test
  void severalLinesBecomeOne() {
    assertThat(ErrorSentence.of(new SettingsException("One\n  two")).text()).isEqualTo("One two.");
  }

  @Test
  void anythingElseIsOurFaultAndSaysWhatItIs() {
    ErrorSentence sentence = ErrorSentence.of(new IllegalStateException("no state"));
    assertThat(sentence.ours()).isTrue();
    assertThat(sentence.text()).isEqualTo("Moonflow failed with IllegalStateException: no state.");
  }
}
