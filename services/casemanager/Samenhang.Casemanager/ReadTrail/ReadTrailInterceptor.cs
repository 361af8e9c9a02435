using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Samenhang.Casemanager.Domain.ReadTrail;

namespace Samenhang.Casemanager.ReadTrail;

/// <summary>
/// Writes down who reads a case, before the answer goes out: where it cannot be written, nothing is read. A call without a person in its
/// metadata is one of a system and is not recorded here; the systems have their own log.
/// </summary>
internal sealed class ReadTrailInterceptor(ReadTrailDesk trail, TimeProvider time) : Interceptor
{
    /// <summary>The methods that read a case, and which part of it.</summary>
    private static readonly Dictionary<string, CasePart> Parts = new(StringComparer.Ordinal)
    {
        ["GetCase"] = CasePart.File,
        ["GetPlan"] = CasePart.Plan,
        ["WatchCase"] = CasePart.Plan,
        ["ExplainCoverage"] = CasePart.Reasons,
        ["WhatIf"] = CasePart.Reasons,
        ["PreviewQuestion"] = CasePart.Reasons,
        ["LookBack"] = CasePart.History,
        ["ListCorrections"] = CasePart.History,
        ["ListFindings"] = CasePart.Plan,
        ["ListWorkHistory"] = CasePart.History,
        ["ListHandOvers"] = CasePart.Work,
        ["GetHousehold"] = CasePart.File,
        ["ListReads"] = CasePart.ReadTrail,
    };

    /// <inheritdoc/>
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        var response = await continuation(request, context);
        await RecordAsync(request, context);
        return response;
    }

    /// <inheritdoc/>
    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        await continuation(request, new RecordingStream<TResponse>(responseStream, () => RecordAsync(request, context)), context);
    }

    private async Task RecordAsync<TRequest>(TRequest request, ServerCallContext context)
    {
        if (Parts.TryGetValue(context.Method[(context.Method.LastIndexOf('/') + 1)..], out var part)
            && Reader.Of(context) is { } reader
            && request is IMessage message
            && message.Descriptor.FindFieldByName("case_id") is { FieldType: FieldType.String } field
            && field.Accessor.GetValue(message) is string { Length: > 0 } caseId)
        {
            await trail.RecordAsync(caseId, new CaseReading(reader.Subject, reader.Role, reader.Tenant, part, time.GetUtcNow()), context.CancellationToken);
        }
    }

    /// <summary>Records before the first message goes out: a case that does not exist was not read.</summary>
    private sealed class RecordingStream<T>(IServerStreamWriter<T> inner, Func<Task> record) : IServerStreamWriter<T>
    {
        private bool recorded;

        public WriteOptions? WriteOptions
        {
            get => inner.WriteOptions;
            set => inner.WriteOptions = value;
        }

        public Task WriteAsync(T message) => WriteAsync(message, CancellationToken.None);

        public async Task WriteAsync(T message, CancellationToken cancellationToken)
        {
            if (!recorded)
            {
                recorded = true;
                await record();
            }

            await inner.WriteAsync(message, cancellationToken);
        }
    }
}
