package dev.moonflow.training.stage.transcribe;

import dev.moonflow.model.tokenizer.Tokenizer;
import dev.moonflow.training.batch.MicroBatch;
import dev.moonflow.training.network.Parameters;
import dev.moonflow.training.network.Tape;
import dev.moonflow.training.network.TrainableKimiVl;
import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.torch.Tensors;
import dev.moonflow.training.trainer.Loss;
import dev.moonflow.training.trainer.Objective;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * -log p(text | slots) of each line, summed; a line counts as much as it has bytes. A line of more
 * bytes than slots has no path and no gradient.
 */
final class TranscribeObjective implements Objective<MicroBatch> {
  private final TrainableKimiVl model;
  private final Tokenizer tokenizer;
  private final SlotReader reader;

  TranscribeObjective(TrainableKimiVl model, Tokenizer tokenizer, SlotReader reader) {
    this.model = model;
    this.tokenizer = tokenizer;
    this.reader = reader;
  }

  @Override
  public Loss loss(MicroBatch batch, Tape tape, long step) {
    LineTexts lines = LineTexts.of(batch, tokenizer);
    long[] slots = lines.slots(reader.slots());
    long[] lengths = lines.lengths();
    Tensor logs = reader.read(model.media(lines.images(), tape));
    Tensor sum =
        Ops.ctcLoss(
            Ops.padded(logs, slots),
            Tensors.indices(lines.classes()),
            slots,
            lengths,
            SlotReader.BLANK);
    double bytes = 0;
    for (long length : lengths) {
      bytes += length;
    }
    return new Loss(
        sum,
        bytes,
        batch.packed().length(),
        Optional.empty(),
        Map.of("ctc", Tensors.doubles(sum)[0], "error_rate", (double) edits(lines, logs, slots)));
  }

  private static int edits(LineTexts lines, Tensor logs, long[] slots) {
    float[] values = Tensors.floats(logs);
    int first = 0;
    int edits = 0;
    for (int i = 0; i < slots.length; i++) {
      byte[] read = BestPath.bytes(values, first, (int) slots[i]);
      edits += BestPath.edits(read, lines.texts().get(i));
      first += (int) slots[i];
    }
    return edits;
  }

  @Override
  public String describe(MicroBatch batch) {
    return "samples " + batch.names();
  }

  @Override
  public Parameters extra() {
    return reader.parameters();
  }

  @Override
  public void close() {
    reader.parameters().close();
  }
}
