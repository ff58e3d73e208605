package dev.sightline.http.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.NetUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputBudgetTest {
    private static final ClientAddress ONE =
            new ClientAddress(NetUtil.createInetAddressFromIpAddressString("192.0.2.1"), false);
    private static final ClientAddress OTHER =
            new ClientAddress(NetUtil.createInetAddressFromIpAddressString("192.0.2.2"), false);
    private static final ClientAddress THIRD =
            new ClientAddress(NetUtil.createInetAddressFromIpAddressString("192.0.2.3"), false);

    private final InputBudget budget = new InputBudget(1_000, 500);
    private final List<String> ended = new ArrayList<>();

    private InputBudget.Account account(String name, ClientAddress client) {
        return budget.open(client, excess -> ended.add(name + (excess.ofAddress() ? " of its address" : " of all")));
    }

    @Test
    void add_moreThanTheShareOfAnAddress_endsItsLargest() {
        account("viewer", ONE).add(10);
        InputBudget.Account small = account("small", ONE);
        small.add(200);
        account("stranger", OTHER).add(400);
        InputBudget.Account flood = account("flood", ONE);
        flood.add(280);
        assertThat(ended).isEmpty();

        small.add(11);

        assertThat(ended).containsExactly("flood of its address");
        assertThat(budget.held()).isEqualTo(10 + 211 + 400);
        assertThat(budget.ended()).isOne();
    }

    @Test
    void add_moreThanTheSum_endsTheLargestOfTheAddressThatHoldsMost() {
        account("first", ONE).add(150);
        account("second", ONE).add(240);
        account("large", OTHER).add(300);

        account("third", THIRD).add(311);

        assertThat(ended).containsExactly("second of all");
        assertThat(budget.held()).isEqualTo(150 + 300 + 311);
    }

    @Test
    void close_givesBackWhatWasHeld_andNothingCountsAfterwards() {
        InputBudget.Account account = account("gone", ONE);
        account.add(400);
        assertThat(account.close()).isTrue();
        assertThat(account.close()).isFalse();

        account.add(600);
        account.moveTo(OTHER);

        assertThat(budget.held()).isZero();
        assertThat(ended).isEmpty();
    }

    @Test
    void moveTo_takesWhatIsHeldAlong() {
        InputBudget.Account proxied = account("proxied", ONE);
        proxied.add(400);
        proxied.moveTo(OTHER);

        account("alone", ONE).add(400);
        assertThat(ended).isEmpty();
        account("beside", OTHER).add(101);
        assertThat(ended).containsExactly("proxied of its address");
        assertThat(budget.held()).isEqualTo(501);
    }

    @Test
    void moveTo_beforeTheFirstByte_countsForTheOther() {
        InputBudget.Account proxied = account("proxied", ONE);
        proxied.moveTo(OTHER);
        proxied.add(400);

        account("alone", ONE).add(400);
        assertThat(ended).isEmpty();
        account("beside", OTHER).add(101);
        assertThat(ended).containsExactly("proxied of its address");
    }

    @Test
    void close_beforeTheFirstByte_nothingCountsAfterwards() {
        InputBudget.Account account = account("gone", ONE);
        assertThat(account.close()).isTrue();
        assertThat(account.close()).isFalse();
        account.add(600);
        assertThat(budget.held()).isZero();
        assertThat(ended).isEmpty();
    }

    @Test
    void add_byManyThreads_leavesNothingBehind() {
        InputBudget large = new InputBudget(100_000, 50_000);
        List<CompletableFuture<Void>> all = IntStream.range(0, 4)
                .mapToObj(number -> CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < 2_000; i++) {
                        InputBudget.Account account = large.open(number % 2 == 0 ? ONE : OTHER, excess -> {});
                        account.add(30_000);
                        account.moveTo(number < 2 ? ONE : THIRD);
                        account.add(-10_000);
                        account.close();
                    }
                }))
                .toList();
        all.forEach(CompletableFuture::join);
        assertThat(large.held()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"64, 32", "512, 128", "8192, 256"})
    void ofHeap_isAQuarterOfIt_withinLimits(long heap, long most) {
        long mib = 1024 * 1024;
        InputBudget some = InputBudget.ofHeap(heap * mib);
        some.open(ONE, excess -> ended.add("one " + excess.most() / mib)).add(most * mib / 2);
        assertThat(ended).isEmpty();
        some.open(ONE, excess -> ended.add("two " + excess.most() / mib)).add(1);
        assertThat(ended).containsExactly("one " + most / 2);
    }
}
