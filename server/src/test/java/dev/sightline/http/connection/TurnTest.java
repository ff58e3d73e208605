package dev.sightline.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.http.limits.ClientAddress;
import dev.sightline.http.limits.InputBudget;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.util.NetUtil;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TurnTest {
    private final List<String> seen = new ArrayList<>();
    private final InputBudget budget = new InputBudget(1_000_000, 1_000_000);
    private final ClientAddress client =
            new ClientAddress(NetUtil.createInetAddressFromIpAddressString("192.0.2.1"), false);
    private final InputBudget.Account input = budget.open(client, excess -> {});
    private long now;
    private Inflow inflow = inflow();
    private Turn turn = new Turn(Traffic.WEB_SOCKET, input, inflow, () -> now);
    private EmbeddedChannel channel = channel();

    @AfterEach
    void end() {
        channel.finishAndReleaseAll();
    }

    @Test
    void texts_moreThanATurn_othersComeBetween() {
        texts(40);
        channel.eventLoop().schedule(() -> seen.add("others"), 0, TimeUnit.NANOSECONDS);
        assertThat(seen).hasSize(16);
        assertThat(channel.config().isAutoRead()).isFalse();

        channel.runScheduledPendingTasks();

        assertThat(seen).hasSize(41);
        assertThat(seen.indexOf("others")).isEqualTo(32);
        assertThat(seen.subList(33, 41)).containsExactlyElementsOf(numbers(32, 40));
        assertThat(channel.config().isAutoRead()).isTrue();
    }

    @Test
    void whatWaits_countsAsHeld_untilItIsPassed() {
        texts(40);
        assertThat(budget.held()).isGreaterThan(24 * 256);

        channel.runScheduledPendingTasks();
        assertThat(budget.held()).isZero();

        texts(40);
        channel.close();
        assertThat(budget.held()).isZero();
    }

    @Test
    void texts_inTheirTurnEach_passAtOnce() {
        for (int i = 0; i < 100; i++) {
            text("a");
            channel.pipeline().fireChannelReadComplete();
        }
        assertThat(seen).hasSize(100);
    }

    @Test
    void longTexts_haveATurnForThemselves() {
        text("a".repeat(100_000));
        text("b".repeat(100_000));
        assertThat(seen).hasSize(1);
    }

    @Test
    void texts_beyondTheRate_waitUntilItIsTime() {
        long before = Traffic.WEB_SOCKET.delays();
        texts(2_010);
        channel.runScheduledPendingTasks();
        assertThat(seen).hasSize(2_000);
        assertThat(Traffic.WEB_SOCKET.delays()).isGreaterThan(before);

        pass(10);

        assertThat(seen).hasSize(2_005);
        assertThat(channel.config().isAutoRead()).isFalse();
        pass(10);
        assertThat(seen).hasSize(2_010);
        assertThat(channel.config().isAutoRead()).isTrue();
    }

    @Test
    void binaryMessages_haveFourTimesTheRate() {
        for (int i = 0; i < 8_010; i++) {
            channel.pipeline().fireChannelRead(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(new byte[1])));
        }
        channel.runScheduledPendingTasks();
        assertThat(seen).hasSize(8_000);
    }

    @Test
    void pieces_largeOnesAreFree_tinyOnesAreNot() {
        for (int i = 0; i < 1_000; i++) {
            channel.pipeline()
                    .fireChannelRead(new ContinuationWebSocketFrame(false, 0, Unpooled.wrappedBuffer(new byte[512])));
        }
        assertThat(seen).hasSize(1_000);
        for (int i = 0; i < 1_000; i++) {
            channel.pipeline()
                    .fireChannelRead(new ContinuationWebSocketFrame(false, 0, Unpooled.wrappedBuffer(new byte[1])));
        }
        assertThat(seen).hasSize(1_256);
    }

    @Test
    void requests_moreThanATurn_waitWithTheirEnds() {
        use(Traffic.HTTP);
        for (int i = 0; i < 20; i++) {
            channel.pipeline().fireChannelRead(get("/" + i));
            channel.pipeline().fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
        }
        assertThat(seen).hasSize(32).endsWith("/15", "end");
        channel.runScheduledPendingTasks();
        assertThat(seen).hasSize(40).endsWith("/19", "end");
    }

    @Test
    void uploads_areNotSlowed() {
        use(Traffic.HTTP);
        channel.pipeline().fireChannelRead(get("/upload"));
        for (int i = 0; i < 10_000; i++) {
            channel.pipeline().fireChannelRead(new DefaultHttpContent(Unpooled.wrappedBuffer(new byte[8192])));
        }
        assertThat(seen).hasSize(10_001);
    }

    @Test
    void requests_beyondTheRate_waitUntilItIsTime() {
        use(Traffic.HTTP);
        for (int i = 0; i < 401; i++) {
            channel.pipeline().fireChannelRead(get("/" + i));
        }
        channel.runScheduledPendingTasks();
        assertThat(seen).hasSize(400);
        pass(5);
        assertThat(seen).hasSize(401);
    }

    @Test
    void endAndFault_comeAfterWhatWasBeforeThem() {
        texts(20);
        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        channel.pipeline().fireExceptionCaught(new CorruptedFrameException("broken"));
        channel.pipeline().fireUserEventTriggered(Goodbye.SERVER_STOPS);
        assertThat(seen).hasSize(17).endsWith("event SERVER_STOPS");

        channel.runScheduledPendingTasks();

        assertThat(seen).hasSize(23).endsWith("19", "event ChannelInputShutdownEvent", "fault broken");
    }

    @Test
    void receiver_wantsNoMore_theRestWaitsUntilItDoes() {
        texts(20);
        turn.want(false);
        channel.runScheduledPendingTasks();
        assertThat(seen).hasSize(16);
        assertThat(channel.config().isAutoRead()).isFalse();

        turn.want(true);
        channel.runScheduledPendingTasks();
        assertThat(seen).hasSize(20);
    }

    @Test
    void receiver_wantsNoMoreInTheMiddle_isGivenNoMore() {
        channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                ReferenceCountUtil.release(message);
                turn.want(false);
            }
        });
        texts(2);
        assertThat(seen).hasSize(1);
    }

    @Test
    void connection_ends_whatIsKeptIsReleased() {
        List<ByteBuf> bytes = kept();
        channel.pipeline().fireChannelInactive();
        assertThat(bytes).allMatch(each -> each.refCnt() == 0);
        channel.runScheduledPendingTasks();
        assertThat(seen).hasSize(16);
    }

    @Test
    void handler_removed_whatIsKeptIsReleased() {
        List<ByteBuf> bytes = kept();
        channel.pipeline().remove(turn);
        channel.runScheduledPendingTasks();
        assertThat(bytes).allMatch(each -> each.refCnt() == 0);
        assertThat(seen).hasSize(16);
    }

    private List<ByteBuf> kept() {
        List<ByteBuf> bytes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            TextWebSocketFrame frame = new TextWebSocketFrame("a");
            bytes.add(frame.content());
            channel.pipeline().fireChannelRead(frame);
        }
        assertThat(bytes.subList(16, 20)).allMatch(each -> each.refCnt() == 1);
        return bytes;
    }

    private void pass(long millis) {
        now += TimeUnit.MILLISECONDS.toNanos(millis);
        channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }

    private void use(Traffic traffic) {
        channel.finishAndReleaseAll();
        inflow = inflow();
        turn = new Turn(traffic, input, inflow, () -> now);
        channel = channel();
    }

    private Inflow inflow() {
        return new Inflow(new InputRates(1_000_000, () -> now), client);
    }

    private EmbeddedChannel channel() {
        EmbeddedChannel made = new EmbeddedChannel(inflow, turn, new Receiver());
        made.freezeTime();
        return made;
    }

    private void texts(int count) {
        numbers(0, count).forEach(this::text);
    }

    private void text(String text) {
        channel.pipeline().fireChannelRead(new TextWebSocketFrame(text));
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toList();
    }

    private static HttpRequest get(String path) {
        return new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, path);
    }

    /** Notes what comes, and passes it on to those behind, if any. */
    private final class Receiver extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (message instanceof TextWebSocketFrame text) {
                seen.add(text.text());
            } else if (message instanceof HttpRequest request) {
                seen.add(request.uri());
            } else {
                seen.add(message instanceof HttpContent ? "end" : "piece");
            }
            if (ctx.pipeline().last() == this) {
                ReferenceCountUtil.release(message);
            } else {
                ctx.fireChannelRead(message);
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            seen.add("event "
                    + (event instanceof Enum<?> one
                            ? one.name()
                            : event.getClass().getSimpleName()));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            seen.add("fault " + cause.getMessage());
        }
    }
}
