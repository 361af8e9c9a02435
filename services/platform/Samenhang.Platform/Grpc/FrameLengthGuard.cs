using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Samenhang.Platform.Grpc;

/// <summary>
/// Refuses a call whose first message says that it is longer than any message can be. The library meets the four bytes of the length as
/// an overflow before any interceptor, answers UNKNOWN and logs an error of ours; but such bytes are no gRPC message, and the caller's fault.
/// </summary>
internal sealed class FrameLengthGuard : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, following) =>
        {
            if (context.Request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) == true)
            {
                context.Features.Set<IRequestBodyPipeFeature>(new GuardedBody(context.Request.BodyReader));
            }

            return following(context);
        });
        next(app);
    };

    private sealed class GuardedBody(PipeReader body) : PipeReader, IRequestBodyPipeFeature
    {
        private const int HeaderLength = 5;
        private bool looked;

        public PipeReader Reader => this;

        public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) =>
            Look(await body.ReadAsync(cancellationToken));

        public override bool TryRead(out ReadResult result)
        {
            var read = body.TryRead(out result);
            if (read)
            {
                Look(result);
            }

            return read;
        }

        public override void AdvanceTo(SequencePosition consumed) => body.AdvanceTo(consumed);

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => body.AdvanceTo(consumed, examined);

        public override void CancelPendingRead() => body.CancelPendingRead();

        public override void Complete(Exception? exception = null) => body.Complete(exception);

        private ReadResult Look(ReadResult result)
        {
            if (!looked && result.Buffer.Length >= HeaderLength)
            {
                looked = true;
                Span<byte> header = stackalloc byte[HeaderLength];
                result.Buffer.Slice(0, HeaderLength).CopyTo(header);
                if (BinaryPrimitives.ReadUInt32BigEndian(header[1..]) > int.MaxValue)
                {
                    throw new RpcException(new Status(
                        StatusCode.ResourceExhausted,
                        "Dit bericht is langer dan het maximum. (This message is longer than the maximum.)"));
                }
            }

            return result;
        }
    }
}
