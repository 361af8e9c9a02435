using Grpc.Core;
using Samenhang.Api.Reading;
using Samenhang.Api.Writing;
using Samenhang.Casemanager.Access;
using Samenhang.Casemanager.Cases;
using Samenhang.Casemanager.Domain.Households;
using Samenhang.Casemanager.Households;
using Samenhang.Platform.Access;
using Samenhang.Platform.Errors;
using Samenhang.Platform.Store;
using Samenhang.Protos.Casemanager.V1;
using HouseholdRelation = Samenhang.Casemanager.Domain.Households.HouseholdRelation;
using Wire = Samenhang.Protos.Casemanager.V1;

namespace Samenhang.Casemanager.Api;

/// <summary>The gRPC methods about households: parse, handle, reply.</summary>
public sealed class HouseholdApi(HouseholdDesk households, CaseDesk cases, CaseRules rules, CaseGate gate) : HouseholdService.HouseholdServiceBase
{
    /// <inheritdoc/>
    public override async Task<CreateHouseholdResponse> CreateHousehold(CreateHouseholdRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new RequestReader(rules.Vocabulary);
        reader.Id("request_id", request.RequestId);
        reader.Id("case_id", request.CaseId);
        reader.Id("by", request.By);
        var from = reader.Day("from", request.From);
        reader.EnsureValid();
        (await cases.FindAsync(request.CaseId, context.CancellationToken)).OrFail();
        var id = households.NewId();
        return (await households.HandleAsync(
            id,
            RequestIdentity.Of(request.RequestId, request),
            (state, now) => households.Decisions.Create(state, id, request.CaseId, from ?? now.Day, request.By, now.Instant),
            after => new CreateHouseholdResponse { Household = Shown(after, request.CaseId) },
            context.CancellationToken)).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<AddMemberResponse> AddMember(AddMemberRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new RequestReader(rules.Vocabulary);
        reader.Id("request_id", request.RequestId);
        reader.Id("household_id", request.HouseholdId);
        reader.Id("case_id", request.CaseId);
        reader.Id("by", request.By);
        var from = reader.Day("from", request.From);
        var relations = reader.Items("relations", request.Relations, (path, relation) =>
            new HouseholdRelation(reader.Id($"{path}.relation", relation.Relation), reader.Id($"{path}.of_member_id", relation.OfMemberId)));
        reader.EnsureValid();
        (await cases.FindAsync(request.CaseId, context.CancellationToken)).OrFail();
        await RequireOwnAsync(request.HouseholdId, context);
        return (await households.HandleAsync(
            request.HouseholdId,
            RequestIdentity.Of(request.RequestId, request, request.HasExpectedVersion ? request.ExpectedVersion : null),
            (state, now) => households.Decisions.Join(state, request.CaseId, relations, from ?? now.Day, request.By, now.Instant),
            after => new AddMemberResponse { MemberId = after.State.Members[^1].Id, Household = Shown(after, request.CaseId) },
            context.CancellationToken)).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<RemoveMemberResponse> RemoveMember(RemoveMemberRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new RequestReader(rules.Vocabulary);
        reader.Id("request_id", request.RequestId);
        reader.Id("household_id", request.HouseholdId);
        reader.Id("member_id", request.MemberId);
        reader.Id("by", request.By);
        var on = reader.Day("on", request.On);
        reader.EnsureValid();
        await RequireOwnAsync(request.HouseholdId, context);
        return (await households.HandleAsync(
            request.HouseholdId,
            RequestIdentity.Of(request.RequestId, request, request.HasExpectedVersion ? request.ExpectedVersion : null),
            (state, now) => households.Decisions.Leave(state, request.MemberId, on ?? now.Day, request.By, now.Instant),
            after => new RemoveMemberResponse { Version = after.Version },
            context.CancellationToken)).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<GetHouseholdResponse> GetHousehold(GetHouseholdRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new RequestReader(rules.Vocabulary);
        reader.Id("household_id", request.HouseholdId);
        reader.Id("case_id", request.CaseId);
        reader.EnsureValid();
        var household = (await households.FindAsync(request.HouseholdId, request.CaseId, context.CancellationToken)).OrFail();
        return new GetHouseholdResponse { Household = Shown(household, request.CaseId) };
    }

    // Who changes a household works for one who belongs or belonged to it; to anybody else it does not exist.
    private async Task RequireOwnAsync(string householdId, ServerCallContext context)
    {
        var members = await households.CasesOfAsync(householdId, context.CancellationToken);
        foreach (var caseId in members)
        {
            if (await gate.LetsAsync(context.Caller(), caseId, context.CancellationToken))
            {
                return;
            }
        }

        if (members.Count > 0)
        {
            throw new RpcFailure(new Error.NotFound(HouseholdDesk.StreamKind, householdId));
        }
    }

    // Never a case id: who belongs to a household does not learn the cases of the others.
    private static Wire.Household Shown(StreamState<HouseholdState> household, string caseId) => new()
    {
        HouseholdId = household.State.Id,
        Version = household.Version,
        Members =
        {
            household.State.Members.Select(member => new Wire.HouseholdMember
            {
                MemberId = member.Id,
                Relations = { member.Relations.Select(relation => new Wire.HouseholdRelation { Relation = relation.Code, OfMemberId = relation.Of }) },
                From = member.From.ToWire(),
                Until = member.Until.ToWire(),
                Own = member.CaseId == caseId,
            }),
        },
    };
}
