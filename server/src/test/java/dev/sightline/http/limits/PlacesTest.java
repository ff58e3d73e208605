package dev.sightline.http.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.util.NetUtil;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private static final ClientAddress ONE =
            new ClientAddress(NetUtil.createInetAddressFromIpAddressString("192.0.2.1"), false);
    private static final ClientAddress OTHER =
            new ClientAddress(NetUtil.createInetAddressFromIpAddressString("192.0.2.2"), false);
    private static final ClientAddress PROXY =
            new ClientAddress(NetUtil.createInetAddressFromIpAddressString("127.0.0.1"), true);

    private final Places<String> places = new Places<>(4, 2);

    @Test
    void enter_full_theOldestUnprovedOfAllMakesRoom() throws Exception {
        assertThat(places.enter("a", PROXY)).isEmpty();
        assertThat(places.enter("b", ONE)).isEmpty();
        assertThat(places.enter("c", PROXY)).isEmpty();
        assertThat(places.enter("d", PROXY)).isEmpty();
        places.proved("a");

        assertThat(places.enter("e", OTHER)).contains("b");
        assertThat(places.enter("f", OTHER)).contains("c");
        assertThat(places.count()).isEqualTo(4);
    }

    @Test
    void enter_fullOfAddress_itsOldestUnprovedMakesRoom() throws Exception {
        places.enter("stranger", OTHER);
        places.enter("a", ONE);
        places.enter("b", ONE);
        assertThat(places.enter("c", ONE)).contains("a");

        places.proved("b");
        assertThat(places.enter("d", ONE)).contains("c");
        places.proved("d");
        assertThatThrownBy(() -> places.enter("e", ONE)).isInstanceOfSatisfying(Places.FullException.class, full -> {
            assertThat(full.isOfAddress()).isTrue();
            assertThat(full.most()).isEqualTo(2);
        });
        assertThat(places.enter("f", OTHER)).isEmpty();
    }

    @Test
    void enter_allHaveProved_isRefused() throws Exception {
        for (String one : new String[] {"a", "b", "c", "d"}) {
            places.enter(one, PROXY);
            places.proved(one);
        }
        assertThatThrownBy(() -> places.enter("e", ONE))
                .isInstanceOfSatisfying(
                        Places.FullException.class,
                        full -> assertThat(full.isOfAddress()).isFalse());
        places.leave("b");
        places.leave("b");
        places.leave("nobody");
        assertThat(places.enter("e", ONE)).isEmpty();
    }

    @Test
    void move_countsForTheOther_andKeepsWhatIsProved() throws Exception {
        places.enter("proved", PROXY);
        places.proved("proved");
        places.enter("unproved", PROXY);
        places.move("proved", ONE);
        places.move("unproved", ONE);
        places.move("gone", OTHER);

        places.enter("c", PROXY);
        assertThatThrownBy(() -> places.move("c", ONE)).isInstanceOf(Places.FullException.class);
        assertThat(places.enter("d", ONE)).contains("unproved");
        places.leave("proved");
        places.move("c", ONE);
        assertThat(places.count()).isEqualTo(2);
    }
}
