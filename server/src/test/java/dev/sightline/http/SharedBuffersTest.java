package dev.sightline.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedBuffersTest {
    private static final EventExecutor LOOP = ImmediateEventExecutor.INSTANCE;

    private final List<ByteBuf> made = new ArrayList<>();
    private final SharedBuffers<String, Object> shared = new SharedBuffers<>();

    @Test
    void of_sameThing_isMadeOnceForAllMembers() {
        SharedBuffers.Share<String, Object> first = join("cam");
        SharedBuffers.Share<String, Object> second = join("cam");
        Object picture = new Object();

        ByteBuf one = first.of(picture);
        ByteBuf two = second.of(picture);

        assertThat(made).hasSize(1);
        assertThat(made.get(0).refCnt()).isEqualTo(3);
        one.readByte();
        assertThat(two.readableBytes()).isEqualTo(4);
        one.release();
        two.release();
        assertThat(made.get(0).refCnt()).isEqualTo(1);
    }

    @Test
    void of_nextThing_releasesTheOneBeforeWhenItsSendersAreDone() {
        SharedBuffers.Share<String, Object> share = join("cam");
        ByteBuf slow = share.of(new Object());
        share.of(new Object()).release();

        assertThat(made.get(0).refCnt()).isEqualTo(1);
        slow.release();
        assertThat(made.get(0).refCnt()).isZero();
        assertThat(made.get(1).refCnt()).isEqualTo(1);
    }

    @Test
    void leave_lastMember_releasesTheBuffer() {
        SharedBuffers.Share<String, Object> first = join("cam");
        SharedBuffers.Share<String, Object> second = join("cam");
        first.of(new Object()).release();

        first.leave();
        assertThat(made.get(0).refCnt()).isEqualTo(1);
        second.leave();
        assertThat(made.get(0).refCnt()).isZero();
        assertThat(shared.size()).isZero();
    }

    @Test
    void join_otherThing_sharesNothing() {
        Object picture = new Object();
        join("cam").of(picture).release();
        join("door").of(picture).release();
        assertThat(made).hasSize(2);
    }

    private SharedBuffers.Share<String, Object> join(String key) {
        return shared.join(LOOP, key, picture -> {
            ByteBuf buffer = Unpooled.buffer().writeInt(42);
            made.add(buffer);
            return buffer;
        });
    }
}
