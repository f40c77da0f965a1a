package dev.moonflow.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.jobs.ingest.IngestSettings.SamplingDefaults;
import dev.moonflow.model.constraint.Constraint;
import dev.moonflow.model.engine.SamplingParameters;
import dev.moonflow.schemas.GenerationOptions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class EventChecksTest {
  private static final SamplingDefaults DEFAULTS = new SamplingDefaults(100, 200, 0.7f, 0.9f);

  @Test
  void whatAnEventDoesNotSayComesFromTheSettings() throws Exception {
    EventChecks.Choice choice = EventChecks.choice(null, 5, DEFAULTS);
    assertThat(choice.maxNewTokens()).isEqualTo(100);
    assertThat(choice.sampling()).isEqualTo(new SamplingParameters(0.7f, 0.9f, 5, false));
  }

  @Test
  void anEventsOwnOptionsCount() throws Exception {
    GenerationOptions own = new GenerationOptions(200, 0f, 1f, -1L, true, null, null, null, null);
    EventChecks.Choice choice = EventChecks.choice(own, 5, DEFAULTS);
    assertThat(choice.maxNewTokens()).isEqualTo(200);
    assertThat(choice.sampling()).isEqualTo(new SamplingParameters(0f, 1f, -1, true));
  }

  @Test
  void aFieldOutOfRangeIsNamed() {
    refused(options(0, 0f, 1f), "Field options.max_new_tokens must lie in 1 to 200, got 0.");
    refused(options(201, 0f, 1f), "Field options.max_new_tokens must lie in 1 to 200, got 201.");
    refused(options(1, -0.1f, 1f), "Field options.temperature must lie in 0 to 2, got -0.1.");
    refused(options(1, Float.NaN, 1f), "Field options.temperature must lie in 0 to 2, got NaN.");
    refused(options(1, 0f, 0f), "Field options.top_p must lie above 0 and up to 1, got 0.0.");
    refused(() -> EventChecks.id("id", ""), "Field id must have 1 to 1024 characters, has 0.");
    refused(() -> EventChecks.dpi(35, 144), "Field dpi must lie in 36 to 600, got 35.");
    refused(
        () -> EventChecks.prompt("12345", "", 4),
        "Field prompt must have at most 4 characters, has 5.");
  }

  @Test
  void anAnswerHasOneConstraintAtMost() throws Exception {
    GenerationOptions own = GenerationOptions.newBuilder().setRegex("a+").build();
    assertThat(EventChecks.choice(own, 5, DEFAULTS).constraint())
        .isEqualTo(new Constraint.Regex("a+"));
    assertThat(EventChecks.choice(null, 5, DEFAULTS).constraint()).isNull();
    own.setNumber("integer");
    refused(
        () -> EventChecks.choice(own, 5, DEFAULTS),
        "Field options must have at most one of choices, regex, number and json_schema, has 2.");
  }

  private static ThrowingCallable options(int tokens, float temperature, float topP) {
    GenerationOptions own =
        new GenerationOptions(tokens, temperature, topP, null, false, null, null, null, null);
    return () -> EventChecks.choice(own, 5, DEFAULTS);
  }

  private static void refused(ThrowingCallable call, String why) {
    assertThatThrownBy(call).isInstanceOf(FieldRejectedException.class).hasMessage(why);
  }

  @Test
  void theSeedOfAnEventIsTheBeginningOfItsIdsHash() {
    // echo -n e-1 | sha256sum; echo -n e-1#2 | sha256sum
    assertThat(Long.toHexString(EventSeed.of("e-1"))).isEqualTo("b94f523196aaacd8");
    assertThat(Long.toHexString(EventSeed.ofPage("e-1", 2))).isEqualTo("9f1d52b6582f9d1d");
  }
}
