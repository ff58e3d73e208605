package dev.sightline.http.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.util.NetUtil;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private static final ClientAddress ONE =
            new ClientAddress(NetUtil.createInetAddressFromIpAddressString("192.0.2.1"), false);
    private static final ClientAddress OTHER =
            new ClientAddress(NetUtil.createInetAddressFromIpAddressString("192.0.2.2"), false);
    private static final ClientAddress PROXY =
            new ClientAddress(NetUtil.createInetAddressFromIpAddressString("127.0.0.1"), true);

    private final Places<String> places = new Places<>(4, 2);

    private Optional<String> enter(String one, ClientAddress client) throws Places.FullException {
        return places.enter(one, client, places.arrive());
    }

    @Test
    void enter_laterThanThoseWhoArrivedAfterIt_theOldestByArrivalMakesRoom() throws Exception {
        long first = places.arrive();
        long second = places.arrive();
        long third = places.arrive();
        long fourth = places.arrive();
        assertThat(places.enter("fourth", ONE, fourth)).isEmpty();
        assertThat(places.enter("second", ONE, second)).isEmpty();
        assertThat(places.enter("first", ONE, first)).contains("first");
        assertThat(places.enter("third", ONE, third)).contains("second");
        assertThat(places.count()).isEqualTo(2);

        places.enter("other", OTHER, places.arrive());
        places.enter("another", PROXY, places.arrive());
        assertThat(places.enter("proxied", PROXY, first)).contains("proxied");
        assertThat(places.count()).isEqualTo(4);
    }

    @Test
    void enter_full_theOldestUnprovedOfAllMakesRoom() throws Exception {
        assertThat(enter("a", PROXY)).isEmpty();
        assertThat(enter("b", ONE)).isEmpty();
        assertThat(enter("c", PROXY)).isEmpty();
        assertThat(enter("d", PROXY)).isEmpty();
        places.proved("a");

        assertThat(enter("e", OTHER)).contains("b");
        assertThat(enter("f", OTHER)).contains("c");
        assertThat(places.count()).isEqualTo(4);
    }

    @Test
    void enter_fullOfAddress_itsOldestUnprovedMakesRoom() throws Exception {
        enter("stranger", OTHER);
        enter("a", ONE);
        enter("b", ONE);
        assertThat(enter("c", ONE)).contains("a");

        places.proved("b");
        assertThat(enter("d", ONE)).contains("c");
        places.proved("d");
        assertThatThrownBy(() -> enter("e", ONE)).isInstanceOfSatisfying(Places.FullException.class, full -> {
            assertThat(full.isOfAddress()).isTrue();
            assertThat(full.most()).isEqualTo(2);
        });
        assertThat(enter("f", OTHER)).isEmpty();
    }

    @Test
    void enter_allHaveProved_isRefused() throws Exception {
        for (String one : new String[] {"a", "b", "c", "d"}) {
            enter(one, PROXY);
            places.proved(one);
        }
        assertThatThrownBy(() -> enter("e", ONE))
                .isInstanceOfSatisfying(
                        Places.FullException.class,
                        full -> assertThat(full.isOfAddress()).isFalse());
        places.leave("b");
        places.leave("b");
        places.leave("nobody");
        assertThat(enter("e", ONE)).isEmpty();
    }

    @Test
    void move_countsForTheOther_andKeepsWhatIsProved() throws Exception {
        enter("proved", PROXY);
        places.proved("proved");
        enter("unproved", PROXY);
        places.move("proved", ONE);
        places.move("unproved", ONE);
        places.move("gone", OTHER);

        enter("c", PROXY);
        assertThatThrownBy(() -> places.move("c", ONE)).isInstanceOf(Places.FullException.class);
        assertThat(enter("d", ONE)).contains("unproved");
        places.leave("proved");
        places.move("c", ONE);
        assertThat(places.count()).isEqualTo(2);
    }
}
