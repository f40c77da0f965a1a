package dev.moonflow.training.evaluation.synthetic;

import dev.moonflow.training.evaluation.item.Entry;
import dev.moonflow.training.evaluation.item.ItemOpener;
import dev.moonflow.training.evaluation.item.ItemRequest;
import dev.moonflow.training.evaluation.item.ItemSource;
import java.util.NoSuchElementException;
import java.util.OptionalInt;

/** The items of a maker, made one after the other. The first n of a longer set are the same n. */
final class MadeItems implements ItemSource {
  private static final int ITEMS_DEFAULT = 32;

  private final ItemMaker maker;
  private final ItemRequest request;
  private final int items;
  private int next;

  private MadeItems(ItemMaker maker, ItemRequest request) {
    this.maker = maker;
    this.request = request;
    this.items = Math.min(request.items(), request.task().number("items", ITEMS_DEFAULT));
  }

  /** A maker as a loader. */
  static ItemOpener opener(ItemMaker maker) {
    return request -> new MadeItems(maker, request);
  }

  @Override
  public OptionalInt count() {
    return OptionalInt.of(items);
  }

  @Override
  public boolean hasNext() {
    return next < items;
  }

  @Override
  public Entry next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    int index = next++;
    String id = request.task().name() + "-" + index;
    return maker.make(id, index, Streams.of(request.seed(), request.task().name(), index), request);
  }
}
