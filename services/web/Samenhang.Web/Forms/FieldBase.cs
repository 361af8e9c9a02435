using Microsoft.AspNetCore.Components;

namespace Samenhang.Web.Forms;

/// <summary>What every field of a form has.</summary>
public abstract class FieldBase : ComponentBase
{
    /// <summary>The form in which it stands.</summary>
    [CascadingParameter]
    public required FormFrame Form { get; set; }

    /// <summary>The name under which it is sent: where possible the field of the contract, so that violations find their place.</summary>
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    /// <summary>What is asked.</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>How to answer; null = nothing more to say.</summary>
    [Parameter]
    public string? Hint { get; set; }

    /// <summary>Whether it may be left empty; the label says so.</summary>
    [Parameter]
    public bool Optional { get; set; }

    /// <summary>The id of the input.</summary>
    protected string Id => Form.IdOf(Name);

    /// <summary>What stands in it.</summary>
    protected string Value => Form.State[Name];

    /// <summary>What is wrong with it.</summary>
    protected IReadOnlyList<string> Errors => Form.State.ErrorsOf(Name);

    /// <summary>For <c>aria-invalid</c>; null when nothing is wrong.</summary>
    protected string? Invalid => Errors.Count > 0 ? "true" : null;

    /// <summary>For <c>aria-describedby</c>: the hint and all that is wrong.</summary>
    protected string? DescribedBy
    {
        get
        {
            var ids = Enumerable.Range(0, Errors.Count).Select(place => $"{Id}-error-{place}");
            var all = string.Join(' ', Hint is null ? ids : ids.Prepend(Id + "-hint"));
            return all.Length == 0 ? null : all;
        }
    }
}
