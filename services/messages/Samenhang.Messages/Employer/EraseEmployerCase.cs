namespace Samenhang.Messages.Employer;

/// <summary>Asks the employer's side to erase what it holds of a case. It says nothing but which.</summary>
public sealed record EraseEmployerCase
{
    /// <summary>The name that the employer's side has for the case.</summary>
    public required string CasePseudonym { get; init; }
}
