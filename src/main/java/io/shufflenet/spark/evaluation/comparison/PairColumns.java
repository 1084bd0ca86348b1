package io.shufflenet.spark.evaluation.comparison;

import static org.apache.spark.sql.functions.col;

import org.apache.spark.sql.Column;

/** What the columns of one side of joined runs are called. */
enum PairColumns {
  A,
  B;

  String present() {
    return name("present");
  }

  /** A class's common index. */
  String label() {
    return name("label");
  }

  /** A class's common index. */
  String predicted() {
    return name("predicted");
  }

  String probability() {
    return name("probability");
  }

  String rank() {
    return name("rank");
  }

  private String name(String what) {
    return what + (this == A ? "_a" : "_b");
  }

  /** Whether the run predicted the image. */
  Column isPredicted() {
    return col(predicted()).isNotNull();
  }

  Column isRight() {
    return col(predicted()).equalTo(col(label()));
  }

  /** Whether both runs predicted the image. */
  static Column bothPredicted() {
    return A.isPredicted().and(B.isPredicted());
  }

  /** Whether both runs have the image under the same label. */
  static Column sameLabel() {
    return col(A.label()).equalTo(col(B.label()));
  }
}
