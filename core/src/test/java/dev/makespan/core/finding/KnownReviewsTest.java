package dev.makespan.core.finding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.plan.Plan;
import dev.makespan.core.schedule.Search;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Every word of the reviews of known plans, as a fingerprint of each part. Whether what they say is
 * right is tested elsewhere; here a review that changes without intent is seen. When one changes
 * with intent, reviews that the planner keeps are out of date: raise its algorithm version, and put
 * the new fingerprints here.
 */
class KnownReviewsTest {

  private static final int PLANS = 40;

  @Test
  void richPlansAreReviewedAsBefore() {
    List<String> found = new ArrayList<>();
    for (int seed = 0; seed < PLANS; seed++) {
      found.add(print(RichPlans.of(seed)));
    }

    assertThat(found)
        .containsExactly(
            "11 6afc4425 3493fdc2 2ba24b81 c9617fec 6c4af40e 53671a7 814f60ba",
            "12 fec82afe 295d14ed c3170063 9e175e53 b605812d 80d0b481 e24aa7ce",
            "7 cdd7d10b 8761bed0 162ca8c5 3f828ad7 b62 12e0aa0 fa6e2fc6",
            "13 fed6408e 2ed6ddb0 9d34bb49 2f56ae17 72619dc6 e99b85d1 bd06ea1d",
            "17 a3e771f4 20b8833f e7639bbb d25c13d6 b62 d9508243 5c03f015",
            "4 87bd98be 2ec0341b cdf24b4e 31a73ea8 b62 71f2c3a1 fa6e2fc6",
            "7 74fcbb57 55ddfee3 4fd93428 bbcb5282 b62 6e264bf3 cf89c827",
            "12 f6ac6689 f828b6d9 6d376a26 98e44c7a b62 c9bf6c0a b0324c08",
            "16 314f9fc2 4c7ce7be ccab25b5 143ba52f 4260df1c bb2b3fdf 5c03f015",
            "17 a06ade7a d44f6330 14fcf916 3ca1f200 9bbf5cb8 75a692 76448e02",
            "20 a00a3913 4f48120e 83ceb3cd a801b821 8284d334 6b845746 a0f9f350",
            "9 95b04bb b02e4201 2c00fef8 6219407c b62 893b2111 59c7fbb4",
            "12 3c7c777d 87b6a518 2f2529fe fbd69194 b62 453fa405 76448e02",
            "12 bf41bf25 27b7a56c 45a7633f 99924461 b62 60bec2b9 618800ba",
            "16 795a7f2a 8640003 2bcd9471 7d7e21a6 b62 5a8ceff9 b0324c08",
            "7 8c4999e7 9d888890 2344c386 520a968f 6c4af40e e462147b 64f859e3",
            "16 7006b380 4d1b42b9 153ae5c8 52c976de 6e3e4463 ebf2658d bd06ea1d",
            "13 85f71372 a9995c3 e4c3d6c0 ae946d99 b62 37ed08c1 db2af982",
            "14 a538649a 3057486d 4704915 32b16f83 b62 94bc3efb 48fff471",
            "13 d0744224 c2579a65 7b7ba90e 2035590d 6ec269a0 caa88779 814f60ba",
            "9 c9f6560d ee607dc8 6d29c8fa 35f20ad8 b62 f4edcd33 dd2582bd",
            "13 efc7c8b8 a3f805fb ec518dea 61f73701 78986bf5 4505bd05 7c327ea1",
            "12 e5fac711 65f04b9f 11606776 d9a70728 b62 50a24834 491ba2ef",
            "6 31324923 bf2d847c c2f74e47 63efd750 b62 516a47e8 59c7fbb4",
            "13 9986275c b87e397e b83ea5c2 a5d81032 66363d94 34b22682 3d00b062",
            "12 c9813e7 79f39985 3040b5d7 a0b812fe ffe5534d 2f7aa144 b0324c08",
            "12 adb8d19f 4111f532 53a5afe0 2540daa8 b62 38d47792 e1c46174",
            "12 a8754801 7604d791 5dcb8008 dbccf1d3 b62 b6984ea5 23d31beb",
            "8 2023e4f0 84acda1c 6e47d4e1 229c9647 b605812d 3fce7900 d3c15d4",
            "10 cfb22073 30aa7ae3 767053ad 304de778 d2a6149f 7ffb3a8a 59c7fbb4",
            "14 29928b6b 35f1c296 4aa5c79a 5f3f1922 b62 c3a0aa06 d4eca1a0",
            "12 5313ce22 4682dbae 573cfa83 98dd2827 6e3e4463 f8c2c97f 59c7fbb4",
            "11 4a81466 62e21201 a01f127d 9982d66a e3677ee3 8de6789a 22681a7c",
            "14 e5cf5632 5f8d189a 83a3be7f 9fe548af b62 5925e6ad 814f60ba",
            "15 a2a5bb39 b3507f6a a77cdf7a c97c6d53 b62 7537ab06 7c327ea1",
            "11 e1a54f03 158935f7 e4ee4db 6c1b9ff3 6c4af40e 6f307843 e24aa7ce",
            "9 87c9da0b f90c087 9d2b282c b7527884 b62 34cdb08d 4d8b49a9",
            "14 cf9d0cbb 3c7ba60e dbdb18f9 1efb5723 45991e1f e034c596 399a20e7",
            "12 bdab7858 63369d66 11204ca8 ae904a1 72619dc6 c7c2d9c1 7c327ea1",
            "18 65a662be ec75f93 62565ee9 9206ae0e 72619dc6 919288c0 f73bc561");
  }

  @Test
  void amongThemIsAFindingOfEveryKind() {
    Set<FindingKind> kinds = EnumSet.noneOf(FindingKind.class);
    for (int seed = 0; seed < PLANS; seed++) {
      review(RichPlans.of(seed)).findings().forEach(finding -> kinds.add(finding.kind()));
    }

    assertThat(kinds).containsExactly(FindingKind.values());
  }

  private static PlanReview review(Plan plan) {
    return PlanReview.of(plan, plan.pools(), new Search(1, 30, 1, 0));
  }

  private static String print(Plan plan) {
    PlanReview review = review(plan);
    return review.findings().size()
        + " "
        + print(review.findings())
        + " "
        + print(review.proposal())
        + " "
        + print(review.decisions())
        + " "
        + print(review.modules())
        + " "
        + print(review.wiring())
        + " "
        + print(review.sessions())
        + " "
        + print(review.checklist());
  }

  private static String print(Object part) {
    return Integer.toHexString(part.toString().hashCode());
  }
}
