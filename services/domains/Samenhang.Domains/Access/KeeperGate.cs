using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Samenhang.Access;
using Samenhang.Api.Reading;
using Samenhang.Domains.Assessment;
using Samenhang.Domains.Store;
using Samenhang.Platform.Access;
using Samenhang.Platform.Errors;

namespace Samenhang.Domains.Access;

/// <summary>
/// Holds the case or record that a call names against who calls, before the method begins: an insurer sees the records of its own insured, a municipality
/// those of the cases under its policy, and whoever knows the pseudonym of another's case knows nothing more by it. Whose case it is the newest question of
/// the casemanager said; before the first question, and where it named nobody, it is nobody's.
/// </summary>
public sealed class KeeperGate<TDomain>(AssessmentDesk<TDomain> assessments, RecordTable<TDomain> records) : Interceptor
    where TDomain : IDomain
{
    private const string CaseField = "case_pseudonym";
    private const string RequestField = "request_id";
    private const string IdSuffix = "_id";

    private static readonly string Ours = $"/samenhang.{TDomain.Name}.";

    /// <inheritdoc/>
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(continuation);
        if (context.Method.StartsWith(Ours, StringComparison.Ordinal)
            && context.Caller() is { IsEverywhere: false } caller
            && caller.Role == TDomain.KeeperRole
            && request is IMessage message)
        {
            await RequireAsync(message, caller, context.CancellationToken);
        }

        return await continuation(request, context);
    }

    private async Task RequireAsync(IMessage message, Caller caller, CancellationToken cancellationToken)
    {
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder().Where(field => field is { FieldType: FieldType.String, IsRepeated: false, IsMap: false }))
        {
            // What cannot be an id, or is that of no record, the method itself refuses.
            if (field.Accessor.GetValue(message) is not string { Length: > 0 and <= RequestReader.LongestId } value || !value.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or ':'))
            {
                continue;
            }

            IReadOnlyList<string?> cases = field.Name == CaseField ? [value]
                : field.Name != RequestField && field.Name.EndsWith(IdSuffix, StringComparison.Ordinal) ? await records.CasesOfAsync(value, cancellationToken)
                : [];
            foreach (var pseudonym in cases)
            {
                if (pseudonym is null || await assessments.KeeperOfAsync(pseudonym, cancellationToken) is not { } keeper || keeper != caller.Tenant)
                {
                    throw new RpcFailure(new Error.NotFound(field.Name == CaseField ? "case" : field.Name[..^IdSuffix.Length]));
                }
            }
        }
    }
}
