package dev.sightline.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What comes before somebody wants it. */
class TenantLinkTest {
    private final TenantLink link = new TenantLink(envelope -> true, () -> {});

    @Test
    void onMessage_getsWhatCameBefore_inOrder() throws Exception {
        List<String> kinds = new ArrayList<>();
        link.received(Message.of("a"));
        link.received(Message.of("b"));
        link.onMessage(message -> kinds.add(message.kind()));
        link.received(Message.of("c"));
        assertThat(kinds).containsExactly("a", "b", "c");
    }

    @Test
    void received_tooMuchBeforeAnybodyWantsIt_isRefused() throws Exception {
        for (int i = 0; i < TenantLink.MOST_EARLY; i++) {
            link.received(Message.of("a"));
        }
        assertThatThrownBy(() -> link.received(Message.of("a"))).isInstanceOf(ProtocolException.class);
    }

    @Test
    void onEnd_isToldOnce_alsoWhenItIsLate() {
        List<String> reasons = new ArrayList<>();
        link.ended("first");
        link.ended("second");
        link.onEnd(reasons::add);
        assertThat(reasons).containsExactly("first");
    }
}
