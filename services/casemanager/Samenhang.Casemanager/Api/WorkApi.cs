using Google.Protobuf;
using Grpc.Core;
using Samenhang.Casemanager.Cases;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Work;
using Samenhang.Platform.Errors;
using Samenhang.Platform.Store;
using Samenhang.Protos.Casemanager.V1;
using Wire = Samenhang.Protos.Casemanager.V1;

namespace Samenhang.Casemanager.Api;

/// <summary>The gRPC methods about the work of a plan: parse, handle, reply.</summary>
public sealed class WorkApi(CaseDesk cases, CaseRules rules) : WorkService.WorkServiceBase
{
    /// <inheritdoc/>
    public override Task<AcceptProposalResponse> AcceptProposal(AcceptProposalRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        var reader = new WorkRequests(rules.Vocabulary);
        var who = reader.Who(request.RequestId, request.CaseId, request.By);
        return DoAsync(
            reader, who, reader.Accept(request), Identity(request.RequestId, request, request.HasExpectedVersion, request.ExpectedVersion),
            after => new AcceptProposalResponse { Version = after.Version, Item = Newest(after.State) }, context);
    }

    /// <inheritdoc/>
    public override Task<DeclineProposalResponse> DeclineProposal(DeclineProposalRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        var reader = new WorkRequests(rules.Vocabulary);
        var who = reader.Who(request.RequestId, request.CaseId, request.By);
        return DoAsync(
            reader, who, reader.Decline(request), Identity(request.RequestId, request, request.HasExpectedVersion, request.ExpectedVersion),
            after => new DeclineProposalResponse { Version = after.Version }, context);
    }

    /// <inheritdoc/>
    public override Task<AddWorkResponse> AddWork(AddWorkRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        var reader = new WorkRequests(rules.Vocabulary);
        var who = reader.Who(request.RequestId, request.CaseId, request.By);
        return DoAsync(
            reader, who, reader.Add(request), Identity(request.RequestId, request, request.HasExpectedVersion, request.ExpectedVersion),
            after => new AddWorkResponse { Version = after.Version, Item = Newest(after.State) }, context);
    }

    /// <inheritdoc/>
    public override Task<ChangeWorkResponse> ChangeWork(ChangeWorkRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        var reader = new WorkRequests(rules.Vocabulary);
        var who = reader.Who(request.RequestId, request.CaseId, request.By);
        return DoAsync(
            reader, who, reader.Change(request), Identity(request.RequestId, request, request.HasExpectedVersion, request.ExpectedVersion),
            after => new ChangeWorkResponse { Version = after.Version, Item = after.State.Work.Find(request.ItemId)!.ToWire() }, context);
    }

    /// <inheritdoc/>
    public override Task<AppointCoordinatorResponse> AppointCoordinator(AppointCoordinatorRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        var reader = new WorkRequests(rules.Vocabulary);
        var who = reader.Who(request.RequestId, request.CaseId, request.By);
        return DoAsync(
            reader, who, reader.Appoint(request), Identity(request.RequestId, request, request.HasExpectedVersion, request.ExpectedVersion),
            after => new AppointCoordinatorResponse { Version = after.Version }, context);
    }

    /// <inheritdoc/>
    public override Task<AppointDirectorResponse> AppointDirector(AppointDirectorRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        var reader = new WorkRequests(rules.Vocabulary);
        var who = reader.Who(request.RequestId, request.CaseId, request.By);
        return DoAsync(
            reader, who, reader.Appoint(request), Identity(request.RequestId, request, request.HasExpectedVersion, request.ExpectedVersion),
            after => new AppointDirectorResponse { Version = after.Version }, context);
    }

    /// <inheritdoc/>
    public override async Task<ListWorkHistoryResponse> ListWorkHistory(ListWorkHistoryRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new WorkRequests(rules.Vocabulary);
        var (caseId, after, size) = reader.Page(request);
        reader.EnsureValid();
        var page = (await cases.WorkHistoryAsync(caseId, after, size + 1, context.CancellationToken)).OrFail();
        return new ListWorkHistoryResponse
        {
            Entries = { page.Take(size).Select(WorkWriter.ToWire) },
            NextAfterVersion = page.Count > size ? page[size - 1].CaseVersion : 0,
        };
    }

    private async Task<TReply> DoAsync<TReply>(
        WorkRequests reader, (string CaseId, string By) who, WorkWish wish, RequestIdentity identity, Func<StreamState<CaseState>, TReply> reply, ServerCallContext context)
        where TReply : class, IMessage<TReply>, new()
    {
        reader.EnsureValid();
        return (await cases.HandleAsync(who.CaseId, identity, now => new CaseCommand.DoWork(who.By, wish) { At = now }, reply, context.CancellationToken)).OrFail();
    }

    /// <summary>The piece of work that was added last: this call's, for the reply is made of what this call decided.</summary>
    private static Wire.WorkItem Newest(CaseState state) => state.Work.All.Last().ToWire();

    private static RequestIdentity Identity(string requestId, IMessage request, bool hasExpected, long expected) =>
        RequestIdentity.Of(requestId, request, hasExpected ? expected : null);
}
