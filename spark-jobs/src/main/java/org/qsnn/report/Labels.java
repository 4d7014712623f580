package org.qsnn.report;

import j2html.tags.ContainerTag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Names beside points where there is room for them: no name covers another. */
final class Labels {
  private static final double LETTER = 5.6;
  private static final int LINE = 12;
  private static final int GAP = 8;

  /** Lines by which a name is moved up or down, in the order in which they are tried. */
  private static final int[] MOVES = {0, -1, 1, -2, 2, -3, 3};

  private final List<Box> taken = new ArrayList<>();

  private record Box(double left, double right, double middle) {
    boolean covers(Box other) {
      return left < other.right && other.left < right && Math.abs(middle - other.middle) < LINE;
    }

    boolean isInside() {
      return left >= Plot.LEFT && right <= Plot.RIGHT && middle <= Plot.BOTTOM && middle > LINE / 2;
    }
  }

  /** Empty where there is no room; what the point is then stands in its tooltip and a table. */
  Optional<ContainerTag<?>> beside(double x, double y, String name) {
    for (int move : MOVES) {
      for (boolean isRight : new boolean[] {true, false}) {
        Box box = box(x, y + move * LINE, name, isRight);
        if (box.isInside() && taken.stream().noneMatch(box::covers)) {
          return Optional.of(put(box, name, isRight));
        }
      }
    }
    return Optional.empty();
  }

  private ContainerTag<?> put(Box box, String name, boolean isRight) {
    taken.add(box);
    return Svg.label(
        isRight ? "start" : "end", isRight ? box.left() : box.right(), box.middle() + 4, name);
  }

  private static Box box(double x, double y, String name, boolean isRight) {
    double width = LETTER * name.length();
    double left = isRight ? x + GAP : x - GAP - width;
    return new Box(left, left + width, y);
  }
}
