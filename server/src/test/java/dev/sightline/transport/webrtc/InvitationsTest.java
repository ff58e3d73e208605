package dev.sightline.transport.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InvitationsTest {
    private final Invitations invitations = new Invitations();

    @Test
    void answered_once_givesTheSessionOnce() {
        invitations.sent("abc", "cam", "7");
        assertThat(invitations.answered("abc", "door")).isEmpty();
        assertThat(invitations.answered("abc", "cam")).contains("7");
        assertThat(invitations.answered("abc", "cam")).isEmpty();
    }

    @Test
    void sent_moreThanMayWait_theOldestAreForgotten() {
        for (int i = 0; i <= Invitations.MOST; i++) {
            invitations.sent("mid" + i, "cam", "id" + i);
        }
        assertThat(invitations.answered("mid0", "cam")).isEmpty();
        assertThat(invitations.answered("mid1", "cam")).contains("id1");
        assertThat(invitations.answered("mid" + Invitations.MOST, "cam")).contains("id" + Invitations.MOST);
    }

    @Test
    void mid_fitsAHeaderExtension_andIsNeverTheSame() {
        assertThat(invitations.mid()).matches("[a-z2-7]{12}").isNotEqualTo(invitations.mid());
    }
}
