# Run: gnuplot -d losses-problem-glyphs-optimizer-dcgan.gp
set terminal svg size 900,890 dynamic noenhanced rounded background '#ffffff' font 'sans-serif,12'
set encoding utf8
set output 'losses-problem-glyphs-optimizer-dcgan.svg'
set multiplot
unset key
set border 3 lc rgb '#888888'
set tics nomirror scale 0.5 textcolor rgb '#333333' font ',11'
set label 'losses: problem = glyphs, optimizer = dcgan, loss = nonsaturating' at screen 0.013333, screen 0.97978 left font ',14' noenhanced
set arrow from screen 0.013333, screen 0.95281 to screen 0.04, screen 0.95281 nohead lc rgb '#0072B2' lw 1.8 dt 1
set label 'critic_loss' at screen 0.046667, screen 0.95281 left font ',12' noenhanced
set arrow from screen 0.15324, screen 0.95281 to screen 0.17991, screen 0.95281 nohead lc rgb '#D55E00' lw 1.8 dt 1
set label 'generator_loss' at screen 0.18658, screen 0.95281 left font ',12' noenhanced
set grid lc rgb '#e4e4e4' lt 1
unset logscale x
set xrange [40:1000]
set xtics ('200' 200, '400' 400, '600' 600, '800' 800, '1000' 1000)
set lmargin at screen 0.068889
set rmargin at screen 0.31778
set tmargin at screen 0.91011
set bmargin at screen 0.74157
set title 'none' font ',12' offset 0,-0.7 noenhanced
unset logscale y
set yrange [-0.04454:3.5871]
set ytics ('0' 0, '1' 1, '2' 2, '3' 3)
unset xlabel
set ylabel 'loss' offset 2.4,0 noenhanced
plot 'losses-problem-glyphs-optimizer-dcgan.dat' index 0 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-glyphs-optimizer-dcgan.dat' index 1 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-glyphs-optimizer-dcgan.dat' index 0 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'losses-problem-glyphs-optimizer-dcgan.dat' index 1 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle
unset label
unset arrow
set lmargin at screen 0.40222
set rmargin at screen 0.65111
set tmargin at screen 0.91011
set bmargin at screen 0.74157
set title 'clipping' font ',12' offset 0,-0.7 noenhanced
unset logscale y
set yrange [0.043233:2.8864]
set ytics ('1' 1, '2' 2)
unset xlabel
unset ylabel
plot 'losses-problem-glyphs-optimizer-dcgan.dat' index 2 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-glyphs-optimizer-dcgan.dat' index 3 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-glyphs-optimizer-dcgan.dat' index 2 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'losses-problem-glyphs-optimizer-dcgan.dat' index 3 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle
set lmargin at screen 0.73556
set rmargin at screen 0.98444
set tmargin at screen 0.91011
set bmargin at screen 0.74157
set title 'spectral' font ',12' offset 0,-0.7 noenhanced
unset logscale y
set yrange [-0.046957:2.7046]
set ytics ('0' 0, '1' 1, '2' 2)
unset xlabel
unset ylabel
plot 'losses-problem-glyphs-optimizer-dcgan.dat' index 4 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-glyphs-optimizer-dcgan.dat' index 5 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-glyphs-optimizer-dcgan.dat' index 4 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'losses-problem-glyphs-optimizer-dcgan.dat' index 5 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle
set lmargin at screen 0.068889
set rmargin at screen 0.31778
set tmargin at screen 0.6809
set bmargin at screen 0.51236
set title 'smoothing' font ',12' offset 0,-0.7 noenhanced
unset logscale y
set yrange [0.20589:3.7055]
set ytics ('1' 1, '2' 2, '3' 3)
unset xlabel
set ylabel 'loss' offset 2.4,0 noenhanced
plot 'losses-problem-glyphs-optimizer-dcgan.dat' index 6 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-glyphs-optimizer-dcgan.dat' index 7 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-glyphs-optimizer-dcgan.dat' index 6 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'losses-problem-glyphs-optimizer-dcgan.dat' index 7 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle
set lmargin at screen 0.40222
set rmargin at screen 0.65111
set tmargin at screen 0.6809
set bmargin at screen 0.51236
set title 'dropout' font ',12' offset 0,-0.7 noenhanced
unset logscale y
set yrange [0.035233:3.5167]
set ytics ('1' 1, '2' 2, '3' 3)
unset xlabel
unset ylabel
plot 'losses-problem-glyphs-optimizer-dcgan.dat' index 8 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-glyphs-optimizer-dcgan.dat' index 9 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-glyphs-optimizer-dcgan.dat' index 8 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'losses-problem-glyphs-optimizer-dcgan.dat' index 9 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle
set lmargin at screen 0.73556
set rmargin at screen 0.98444
set tmargin at screen 0.6809
set bmargin at screen 0.51236
set title 'batch-norm' font ',12' offset 0,-0.7 noenhanced
unset logscale y
set yrange [-0.30466:5.8741]
set ytics ('0' 0, '2' 2, '4' 4)
unset xlabel
unset ylabel
plot 'losses-problem-glyphs-optimizer-dcgan.dat' index 10 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-glyphs-optimizer-dcgan.dat' index 11 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-glyphs-optimizer-dcgan.dat' index 10 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'losses-problem-glyphs-optimizer-dcgan.dat' index 11 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle
set lmargin at screen 0.068889
set rmargin at screen 0.31778
set tmargin at screen 0.45169
set bmargin at screen 0.28315
set title 'wgan-gp-10' font ',12' offset 0,-0.7 noenhanced
unset logscale y
set yrange [0.1433:2.1469]
set ytics ('0.5' 0.5, '1' 1, '1.5' 1.5, '2' 2)
unset xlabel
set ylabel 'loss' offset 2.4,0 noenhanced
plot 'losses-problem-glyphs-optimizer-dcgan.dat' index 12 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-glyphs-optimizer-dcgan.dat' index 13 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-glyphs-optimizer-dcgan.dat' index 12 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'losses-problem-glyphs-optimizer-dcgan.dat' index 13 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle
set lmargin at screen 0.40222
set rmargin at screen 0.65111
set tmargin at screen 0.45169
set bmargin at screen 0.28315
set title 'instance-norm' font ',12' offset 0,-0.7 noenhanced
unset logscale y
set yrange [-0.2869:5.5458]
set ytics ('0' 0, '2' 2, '4' 4)
set xlabel 'generator step' offset 0,0.4
unset ylabel
plot 'losses-problem-glyphs-optimizer-dcgan.dat' index 14 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-glyphs-optimizer-dcgan.dat' index 15 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-glyphs-optimizer-dcgan.dat' index 14 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'losses-problem-glyphs-optimizer-dcgan.dat' index 15 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle
set lmargin at screen 0.73556
set rmargin at screen 0.98444
set tmargin at screen 0.45169
set bmargin at screen 0.28315
set title 'layer-norm' font ',12' offset 0,-0.7 noenhanced
set logscale y
set yrange [0.0025462:8.1677]
set ytics ('0.003' 0.003, '0.01' 0.01, '0.03' 0.03, '0.1' 0.1, '0.3' 0.3, '1' 1, '3' 3)
set xlabel 'generator step' offset 0,0.4
unset ylabel
plot 'losses-problem-glyphs-optimizer-dcgan.dat' index 16 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-glyphs-optimizer-dcgan.dat' index 17 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-glyphs-optimizer-dcgan.dat' index 16 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'losses-problem-glyphs-optimizer-dcgan.dat' index 17 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle
set lmargin at screen 0.068889
set rmargin at screen 0.31778
set tmargin at screen 0.22247
set bmargin at screen 0.053933
set title 'mmd' font ',12' offset 0,-0.7 noenhanced
unset logscale y
set yrange [0.042831:3.8707]
set ytics ('1' 1, '2' 2, '3' 3)
set xlabel 'generator step' offset 0,0.4
set ylabel 'loss' offset 2.4,0 noenhanced
plot 'losses-problem-glyphs-optimizer-dcgan.dat' index 18 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-glyphs-optimizer-dcgan.dat' index 19 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-glyphs-optimizer-dcgan.dat' index 18 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'losses-problem-glyphs-optimizer-dcgan.dat' index 19 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle
unset multiplot
set output
