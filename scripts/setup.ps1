# Makes a checkout ready to run on Windows: a virtual environment, the locked libraries, antq itself.
#
#   powershell -ExecutionPolicy Bypass -File scripts\setup.ps1 [-Dev]
#
# Tesseract is not installed by this script; it says how. Once set up, running it again needs no network.
# Exit codes: 0 ready; 1 Python or a library is missing; 4 Tesseract or its Vietnamese is missing.
param([switch]$Dev)

$ErrorActionPreference = 'Stop'
Set-Location (Join-Path $PSScriptRoot '..')
$lock = if ($Dev) { 'requirements-dev.lock' } else { 'requirements.lock' }
$python = Join-Path (Get-Location) '.venv\Scripts\python.exe'

function Test-Python([string]$Command, [string[]]$Before) {
    # True when this is a Python 3.11, 3.12 or 3.13; the Microsoft Store's empty python.exe is none.
    if (-not (Get-Command $Command -ErrorAction SilentlyContinue)) { return $false }
    try { & $Command @Before -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>$null | Out-Null }
    catch { return $false }
    return $LASTEXITCODE -eq 0
}

function Get-Stamp {
    # Changes with the lock file, with pyproject.toml, with Python and with the place of this checkout.
    $hashes = ($lock, 'pyproject.toml' | ForEach-Object { (Get-FileHash -Algorithm SHA256 $_).Hash }) -join ' '
    $version = & $python -c 'import sys; print(*sys.version_info[:2])'
    return "$version $((Get-Location).Path) $hashes"
}

$stamp = '.venv\installed'
$ready = (Test-Path $python) -and (Test-Python $python @()) -and (Test-Path $stamp) -and
    ((Get-Content -Raw -Encoding UTF8 $stamp).Trim() -eq (Get-Stamp))

if (-not $ready) {
    if (-not ((Test-Path $python) -and (Test-Python $python @()))) {
        $found = $null
        foreach ($try in @(@('py', '-3.13'), @('py', '-3.12'), @('py', '-3.11'), @('python'), @('python3'))) {
            $before = @($try | Select-Object -Skip 1)
            if (Test-Python $try[0] $before) { $found = $try; break }
        }
        if (-not $found) {
            Write-Host 'setup: Python 3.11, 3.12 or 3.13 is needed. Install it with: winget install Python.Python.3.13'
            exit 1
        }
        Write-Host 'setup: creating .venv'
        $before = @($found | Select-Object -Skip 1)
        & $found[0] @before -m venv --clear .venv
        if ($LASTEXITCODE -ne 0) { Write-Host 'setup: cannot create .venv; check permissions and free space'; exit 1 }
    }
    Write-Host "setup: installing the libraries of $lock"
    & $python -m pip install -qq --no-input --disable-pip-version-check --require-hashes --only-binary ':all:' --requirement $lock
    if ($LASTEXITCODE -ne 0) {
        Write-Host 'setup: the libraries cannot be had. Check the network and run this again.'
        exit 1
    }
    Write-Host 'setup: installing antq'
    & $python -m pip install -qq --no-input --disable-pip-version-check --no-index --no-deps --no-build-isolation --editable .
    if ($LASTEXITCODE -ne 0) { Write-Host 'setup: antq cannot be installed; see the message above'; exit 1 }
    Set-Content -Encoding UTF8 $stamp (Get-Stamp)
}

# Where antq itself looks: the PATH, then the folders of the installer.
$tesseract = (Get-Command tesseract.exe -ErrorAction SilentlyContinue).Source
if (-not $tesseract) {
    $tesseract = @($env:ProgramFiles, ${env:ProgramFiles(x86)}, $(if ($env:LOCALAPPDATA) { Join-Path $env:LOCALAPPDATA 'Programs' })) |
        Where-Object { $_ } | ForEach-Object { Join-Path $_ 'Tesseract-OCR\tesseract.exe' } |
        Where-Object { Test-Path $_ } | Select-Object -First 1
}
if (-not $tesseract) {
    Write-Host 'setup: Tesseract is missing, so scans cannot be read yet.'
    Write-Host '  With a network: winget install UB-Mannheim.TesseractOCR'
    Write-Host '  Without: run its installer (tesseract-ocr-w64-setup) and tick Vietnamese under Additional language data.'
    exit 4
}
$data = if ($env:TESSDATA_PREFIX) { $env:TESSDATA_PREFIX } else { Join-Path (Split-Path $tesseract) 'tessdata' }
$missing = @('vie', 'osd' | Where-Object { -not (Test-Path (Join-Path $data "$_.traineddata")) })
if ($missing) {
    Write-Host "setup: missing in ${data}: $(($missing | ForEach-Object { "$_.traineddata" }) -join ', ')"
    Write-Host '  Run the installer of Tesseract again and tick Vietnamese, or copy the files there from another machine.'
    exit 4
}
Write-Host 'setup: ready; try: .venv\Scripts\antq.exe doctor'
exit 0
