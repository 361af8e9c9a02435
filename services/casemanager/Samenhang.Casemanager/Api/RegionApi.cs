using Grpc.Core;
using Samenhang.Api;
using Samenhang.Api.Reading;
using Samenhang.Api.Writing;
using Samenhang.Casemanager.Cases;
using Samenhang.Language;
using Samenhang.Platform.Errors;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Rules.Policies;
using Common = Samenhang.Protos.Common.V1;
using Wire = Samenhang.Protos.Casemanager.V1;

namespace Samenhang.Casemanager.Api;

/// <summary>The gRPC method that tells what is known of a region on a day.</summary>
public sealed class RegionApi(CaseRules rules, Days days) : RegionService.RegionServiceBase
{
    /// <inheritdoc/>
    public override Task<GetRegionResponse> GetRegion(GetRegionRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        var reader = new RequestReader(rules.Vocabulary);
        var id = reader.Id("tenant", request.Tenant);
        var on = reader.Day("on", request.On) ?? days.Today;
        reader.EnsureValid();
        return rules.Policies.Tenants.TryGetValue(id, out var tenant)
            ? Task.FromResult(new GetRegionResponse { On = on.ToWire(), Region = ToWire(tenant, on) })
            : throw new RpcFailure(new Error.NotFound("tenant"));
    }

    private Wire.Region ToWire(Tenant tenant, DateOnly day) => new()
    {
        Tenant = tenant.Id,
        Kind = tenant.Kind.Id,
        Name = tenant.Name,
        Digest = tenant.Digest,
        Facts =
        {
            from stated in tenant.Facts
            where stated.Validity.Contains(day)
            select new RegionFact
            {
                Fact = new Common.Fact { FactId = stated.Fact.Id, Value = stated.Value.ToWire(stated.Fact.Type) },
                LabelNl = stated.Fact.LabelNl,
                Decided = ToWire(stated.Validity, stated.Source),
            }
        },
        Numbers =
        {
            from number in tenant.Parameters
            where number.Validity.Contains(day)
            select new RegionNumber { Parameter = number.Id, Value = number.Value.ToWire(), Unit = number.Unit, Decided = ToWire(number.Validity, number.Document) }
        },
        Options =
        {
            from option in tenant.Options
            where option.Validity.Contains(day)
            select new RegionOption
            {
                OptionId = option.Option, Strength = Common.Strength.Proposal, RuleIds = { rules.RulesOf(option.Option) }, Decided = ToWire(option.Validity, option.Source),
            }
        },
        Areas =
        {
            from area in tenant.Region.Areas
            where area.Validity.Contains(day)
            select new Wire.DomainArea { Kind = area.Kind, Code = area.Code, Name = area.Name, Decided = ToWire(area.Validity, area.Source) }
        },
        Contacts =
        {
            from contact in tenant.Region.Contacts
            where contact.Validity.Contains(day)
            select new Wire.ContactPoint
            {
                ContactId = contact.Id, Organisation = contact.Organisation, Service = contact.Service, Role = contact.Role, Reach = contact.Reach,
                Decided = ToWire(contact.Validity, contact.Source),
            }
        },
        Initiatives = { tenant.Region.Initiatives.Where(initiative => initiative.Validity.Contains(day)).Select(ToWire) },
    };

    private static Wire.Initiative ToWire(Samenhang.Rules.Policies.Initiative initiative)
    {
        var wire = new Wire.Initiative
        {
            InitiativeId = initiative.Id, Name = initiative.Name, Needs = { initiative.Needs }, Per = initiative.Per ?? "",
            Decided = ToWire(initiative.Validity, initiative.Source),
        };
        if (initiative.Capacity is { } capacity)
        {
            wire.Capacity = capacity;
        }

        return wire;
    }

    private static Decided ToWire(Period validity, string source) => new() { From = validity.From.ToWire(), To = validity.To.ToWire(), Source = source };
}
